import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Message } from '../../src/link/message.ts';
import { ReplyError } from '../../src/link/reply.ts';
import { Server } from '../../src/link/server.ts';
import { code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';

overEachTransport((network) => {
  describe('step 1: a Server, a message listener, start', () => {
    test('start is chainable and emits its reason once the server listens', async () => {
      const server = network.createServer('one').on('message', () => {});
      const started = once(server, 'start');
      expect(server.start('hello')).toBe(server);
      expect(await started).toStrictEqual(['hello']);
      await server.whenReady();
    });

    test('start happens by itself on the next tick', async () => {
      const server = network.createServer('one');
      expect(await once(server, 'start')).toStrictEqual([undefined]);
    });

    test('unless autoStart is false', async () => {
      const server = network.createServer('one', { autoStart: false });
      await new Promise(setImmediate);
      await expect(network.createServer('two', { maxRetries: 0 }).send('one')).rejects.toEqual(
        code('ERR_LINK_CONNECT'),
      );
      expect(await once(server.start('now'), 'start')).toStrictEqual(['now']);
    });
  });

  describe('step 2: send finds the socket, or connects first', () => {
    test('a name that is not connected has no socket', () => {
      const server = network.createServer('one');
      expect(server.hasSocket('two')).toBe(false);
      expect(server.getSocket('two')).toBeNull();
    });

    test('send connects, and the socket is there from then on', async () => {
      const { alice } = await network.createPair();
      await alice.send('bob');
      expect(alice.hasSocket('bob')).toBe(true);
      expect(alice.getSocket('bob')).toMatchObject({ name: 'bob', isConnected: true });
    });

    test('connectTo gives the socket, which sends too', async () => {
      const { alice } = await network.createPair();
      const socket = await alice.connectTo('bob');
      expect(alice.getSocket('bob')).toBe(socket);
      expect(await socket.send({ via: 'socket' })).toMatchObject({ echo: { via: 'socket' } });
    });

    test('send waits for a server that starts later', async () => {
      const reply = network.createServer('alice').send('bob', { early: true });
      await new Promise(setImmediate);
      network.createServer('bob').on('message', (message) => message.reply({ late: message.data }));
      expect(await reply).toMatchObject({ late: { early: true } });
    });
  });

  describe('step 3: the id', () => {
    test('is data.id where data has one', async () => {
      const { alice, bob } = await network.createPair();
      const ids: string[] = [];
      bob.prependListener('message', ({ id }) => ids.push(id));
      expect(await alice.send('bob', { id: 'mine' })).toMatchObject({ id: 'mine' });
      expect(await alice.send('bob', { id: 7 })).toMatchObject({ id: '7' });
      expect(ids).toStrictEqual(['mine', '7']);
    });

    test('else a fresh base36 id', async () => {
      const { alice } = await network.createPair();
      const replies = await Promise.all(Array.from({ length: 100 }, () => alice.send('bob', {})));
      for (const { id } of replies) expect(id).toMatch(/^[0-9a-z]{8,}$/);
      expect(new Set(replies.map(({ id }) => id)).size).toBe(100);
    });

    test('that is still in use rejects with ERR_LINK_DUPLICATE_ID, and the first goes on', async () => {
      const { alice } = await network.createPair();
      const first = alice.send('bob', { id: 'twin', n: 1 });
      await expect(alice.send('bob', { id: 'twin', n: 2 })).rejects.toEqual(code('ERR_LINK_DUPLICATE_ID'));
      expect(await first).toMatchObject({ id: 'twin', echo: { n: 1 } });
      expect(await alice.send('bob', { id: 'twin', n: 3 })).toMatchObject({ echo: { n: 3 } });
    });

    test('is in use whichever peer the requests go to', async () => {
      const { alice } = await network.createPair();
      network.createServer('carol').on('message', (message) => message.reply());
      const first = alice.send('bob', { id: 'twin' });
      await expect(alice.send('carol', { id: 'twin' })).rejects.toEqual(code('ERR_LINK_DUPLICATE_ID'));
      await first;
    });
  });

  describe('step 4: what travels', () => {
    test('is the id, the data, and who sent it', async () => {
      const { alice, bob } = await network.createPair();
      const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob', { id: 'x', content: 'Hello' })]);
      expect(message).toMatchObject({ id: 'x', sentBy: 'alice', data: { id: 'x', content: 'Hello' } });
    });

    test('sentBy comes from the handshake, never from the payload', async () => {
      const { alice, bob } = await network.createPair();
      const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob', { sentBy: 'mallory' })]);
      expect(message.sentBy).toBe('alice');
      expect(message.data).toStrictEqual({ sentBy: 'mallory' });
    });
  });

  describe('step 5: a send is pending until it settles, exactly once', () => {
    test('its promise settles with the first reply; a second is not sent', async () => {
      const alice = network.createServer('alice');
      const replied: boolean[] = [];
      network.createServer('bob').on('message', (message) => {
        replied.push(message.reply({ first: true }), message.reply({ second: true }, false));
      });
      expect(await alice.send('bob')).toMatchObject({ first: true });
      expect(replied).toStrictEqual([true, false]);
      expect(alice.getSocket('bob')?.inFlight).toBe(0);
    });

    test('it counts as in flight until then', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      const [message] = await once(bob, 'message');
      expect(alice.getSocket('bob')?.inFlight).toBe(1);
      message.reply();
      await sent;
      expect(alice.getSocket('bob')?.inFlight).toBe(0);
    });
  });

  describe('step 6: the receiver emits a Message', () => {
    test('with the socket to write back to', async () => {
      const { alice, bob } = await network.createPair();
      alice.on('message', (message) => message.reply({ back: message.data }));
      const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob')]);
      expect(message).toBeInstanceOf(Message);
      expect(message.socket).toBe(bob.getSocket('alice'));
      expect(await message.socket.send('there')).toMatchObject({ back: 'there' });
    });

    test('in the order sent', async () => {
      const { alice, bob } = await network.createPair();
      const seen: unknown[] = [];
      bob.prependListener('message', ({ data }) => seen.push(data));
      const numbers = Array.from({ length: 200 }, (_, index) => index);
      await Promise.all(numbers.map((number) => alice.send('bob', number)));
      expect(seen).toStrictEqual(numbers);
    });
  });

  describe('step 7: the reply', () => {
    const replies: readonly (readonly [string, unknown, boolean | undefined, object])[] = [
      ['nothing', undefined, undefined, { success: true }],
      ['an object', { a: 1 }, undefined, { success: true, a: 1 }],
      ['an object and true', { a: 1 }, true, { success: true, a: 1 }],
      ['an object and false', { a: 1 }, false, { success: false, a: 1 }],
      ['an object with success', { success: true, a: 1 }, undefined, { success: true, a: 1 }],
      ['an object with success: false', { success: false, a: 1 }, undefined, { success: false, a: 1 }],
      ['an object whose success outranks the argument', { success: true }, false, { success: true }],
      ['an object whose success: false outranks the argument', { success: false }, true, { success: false }],
      ['an object whose success is undefined', { success: undefined }, false, { success: undefined }],
      ['an object with an id', { id: 'other' }, undefined, { id: 'other', success: true }],
      ['text', 'text', undefined, { success: true, data: 'text' }],
      ['a list', [1, 2], undefined, { success: true, data: [1, 2] }],
      ['null', null, undefined, { success: true, data: null }],
      ['a Map', new Map([[1, 2]]), undefined, { success: true, data: new Map([[1, 2]]) }],
    ];

    test.each(replies)('of %s is { id, success, ...it }', async (_name, data, success, expected) => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => message.reply(data, success));
      const reply = await alice.send('bob', { id: 'x' }).catch((error: unknown) => {
        if (error instanceof ReplyError) return error.reply;
        throw error;
      });
      expect(reply).toStrictEqual({ id: 'x', ...expected });
    });

    test('with another id settles the right request all the same', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => message.reply({ id: 'b', for: message.id }));
      const replies = await Promise.all(['a', 'b', 'c'].map((id) => alice.send('bob', { id })));
      expect(replies.map((reply) => reply['for'])).toStrictEqual(['a', 'b', 'c']);
    });
  });

  describe('step 8: the sender settles', () => {
    test('by resolving where success is true', async () => {
      const { alice } = await network.createPair();
      expect(await alice.send('bob', { id: 'x', content: 'Hello' })).toStrictEqual({
        id: 'x',
        success: true,
        echo: { id: 'x', content: 'Hello' },
      });
    });

    test('by rejecting otherwise, with all that the replier sent', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        message.reply({ success: false, code: 'ERR_FULL', message: 'The disk is full', free: 0 });
      });
      const failure = alice.send('bob', { id: 'x' });
      await expect(failure).rejects.toBeInstanceOf(ReplyError);
      await expect(failure).rejects.toMatchObject({
        name: 'ReplyError',
        id: 'x',
        success: false,
        code: 'ERR_FULL',
        message: 'The disk is full',
        free: 0,
      });
    });

    test('by rejecting where success is neither true nor false', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => message.reply({ success: 'yes' }));
      await expect(alice.send('bob')).rejects.toMatchObject({
        code: 'ERR_LINK_REPLY',
        success: false,
        reply: { success: 'yes' },
      });
    });

    test('by the error that the replier sent', async () => {
      const alice = network.createServer('alice');
      const error = Object.assign(new RangeError('too far', { cause: 'the map' }), { code: 'ERR_FAR' });
      network.createServer('bob').on('message', (message) => message.reply(error));
      await expect(alice.send('bob')).rejects.toMatchObject({
        name: 'RangeError',
        code: 'ERR_FAR',
        message: 'too far',
        cause: 'the map',
        success: false,
      });
    });
  });

  describe('step 9: the two-process example', () => {
    test('runs as written in the seed, whichever starts first', async () => {
      for (const names of [
        ['one', 'two'],
        ['two', 'one'],
      ]) {
        let sent: Promise<unknown> | undefined;
        const start: Record<string, () => Server> = {
          one: () => {
            const server = network.createServer('test-one', { retry: 15, silent: true });
            sent = server.once('start', () => {}).send('test-two', { content: 'Hello' });
            return server;
          },
          two: () =>
            network.createServer('test-two', { silent: true }).on('message', (message) => {
              message.reply({ response: `${Object(message.data).content} world!` });
            }),
        };
        const servers = names.map((name) => start[name]?.());
        expect(await sent).toMatchObject({ success: true, response: 'Hello world!' });
        await Promise.all(servers.map((server) => server?.close()));
      }
    });
  });
});
