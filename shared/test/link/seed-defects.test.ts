import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { code } from '../support/code.ts';
import { startPeer } from '../support/child.ts';
import { overEachTransport, overSockets } from '../support/network.ts';

overEachTransport((network) => {
  describe('defects of the original that must not come back', () => {
    test('ids that collide within a millisecond', async () => {
      const { alice } = await network.createPair();
      const carol = network.createServer('carol');
      const replies = await Promise.all(
        Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? alice : carol).send('bob', index)),
      );
      expect(new Set(replies.map(({ id }) => id)).size).toBe(2_000);
      expect(replies.map((reply) => reply['echo'])).toStrictEqual([...replies.keys()]);
    });

    test('a reply that leaks its pending entry', async () => {
      const { alice, bob } = await network.createPair();
      for (let round = 0; round < 100; round++) await alice.send('bob', { id: 'again' });
      expect(alice.getSocket('bob')?.inFlight).toBe(0);
      expect(bob.stats().peers['alice']?.inboundInFlight).toBe(0);
    });

    test('a second message listener that is dropped', async () => {
      const alice = network.createServer('alice');
      const heard: string[] = [];
      network
        .createServer('bob')
        .on('message', () => heard.push('first'))
        .on('message', (message) => {
          heard.push('second');
          message.reply();
        })
        .once('message', () => heard.push('once'));
      await alice.send('bob');
      await alice.send('bob');
      expect(heard).toStrictEqual(['first', 'second', 'once', 'first', 'second']);
    });

    test('start that is emitted before it listens', async () => {
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      await once(bob, 'start');
      const alice = network.createServer('alice', { maxRetries: 0 });
      expect(await alice.send('bob')).toMatchObject({ success: true });
    });

    test('endless reconnects', async () => {
      const alice = network.createServer('alice', { retry: 1, maxRetries: 3 });
      const attempt = alice.send('nobody');
      await expect(attempt).rejects.toEqual(code('ERR_LINK_CONNECT'));
      await expect(attempt).rejects.toThrow("connectTo('nobody') gave up after 4 tries.");
    });

    test.each([
      ['text', 'text'],
      ['a number', 42],
      ['null', null],
      ['undefined', undefined],
      ['a list', [1, 'two']],
      ['a Buffer', Buffer.from('bytes')],
      ['true', true],
      ['a bigint', 5n],
      ['a Date', new Date(0)],
    ])('a payload that is no object throws: %s', async (_name, data) => {
      const { alice } = await network.createPair();
      expect((await alice.send('bob', data))['echo']).toStrictEqual(data);
    });

    test('one instance for the whole process', async () => {
      const servers = ['a', 'b', 'c', 'd'].map((name) =>
        network.createServer(name).on('message', (message) => message.reply({ by: name, from: message.sentBy })),
      );
      for (const server of servers) {
        for (const { name } of servers) {
          if (name !== server.name) {
            expect(await server.send(name)).toMatchObject({ by: name, from: server.name });
          }
        }
      }
    });
  });
});

overSockets((network) => {
  test('defects of the original that must not come back: a lost peer leaves promises pending', async () => {
    const alice = network.createServer('alice', { maxRetries: 0 });
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await bob.take('ready');
    const calls = [1, 2, 3].map((n) => alice.send('bob', { do: 'hang', n }));
    const outcomes = Promise.allSettled(calls);
    for (let n = 0; n < 3; n++) await bob.take('message');
    bob.kill('SIGKILL');
    expect(await outcomes).toMatchObject(
      calls.map(() => ({ status: 'rejected', reason: { code: 'ERR_LINK_PEER_LOST' } })),
    );
    expect(await network.nextErrorCodes()).toStrictEqual(['ERR_LINK_CONNECT']);
  });
});
