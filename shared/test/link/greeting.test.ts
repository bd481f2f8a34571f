import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import { createHello, MAX_HANDSHAKE_BYTES } from '../../src/link/handshake.ts';
import type { Server } from '../../src/link/server.ts';
import { code } from '../support/code.ts';
import { connected, overEachTransport } from '../support/network.ts';
import { createIdentity, RawPeer } from '../support/raw-peer.ts';

overEachTransport((network) => {
  describe('servers with a secret', () => {
    test('that is the same reach each other', async () => {
      const { alice } = await network.createPair({ secret: Buffer.alloc(32, 1) });
      expect(await alice.send('bob', 1)).toMatchObject({ echo: 1 });
    });

    test.each<readonly [string, string | undefined, string | undefined]>([
      ['differs', 'mine', 'theirs'],
      ['only the listening side has', undefined, 'theirs'],
      ['only the connecting side has', 'mine', undefined],
    ])('that %s are told so at once, on both sides, and no message is read', async (_name, mine, theirs) => {
      const alice = network.createServer('alice', { secret: mine });
      const bob = network.createServer('bob', { secret: theirs });
      bob.on('message', (message) => message.reply('never'));
      const refused = once(bob, 'error').catch((error: unknown) => [error]);
      await bob.whenReady();
      await expect(alice.send('bob', 'secret plans')).rejects.toEqual(code('ERR_LINK_AUTH'));
      await refused;
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_AUTH']);
      expect([alice.hasSocket('bob'), bob.hasSocket('alice')]).toStrictEqual([false, false]);
    });
  });

  describe('a stranger', () => {
    test('that says nothing is dropped in time', async () => {
      const bob = network.createServer('bob', { handshakeTimeout: 30 });
      await bob.whenReady();
      const stranger = await RawPeer.connect(network, 'bob');
      expect(await stranger.takeGoodbye()).toBe('ERR_LINK_HANDSHAKE');
      await stranger.closed();
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDSHAKE']);
    });

    test('that stops half-way is dropped in time', async () => {
      const bob = network.createServer('bob', { handshakeTimeout: 30 });
      await bob.whenReady();
      const stranger = await RawPeer.connect(network, 'bob');
      stranger.sendJson(Kind.hello, createHello(createIdentity('stranger')));
      await stranger.take(Kind.welcome);
      expect(await stranger.takeGoodbye()).toBe('ERR_LINK_HANDSHAKE');
      expect(bob.hasSocket('stranger')).toBe(false);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDSHAKE']);
    });

    test('that leaves without a word is no error: it only wanted to know whether somebody is there', async () => {
      const { alice } = await network.createPair();
      const stranger = await RawPeer.connect(network, 'bob');
      stranger.stream.destroy();
      await stranger.closed();
      expect(await alice.send('bob', 1)).toMatchObject({ echo: 1 });
      expect(network.errors).toStrictEqual([]);
    });

    test('that says goodbye at once gets no answer, and its reason is reported', async () => {
      await network.createServer('bob').whenReady();
      const stranger = await RawPeer.connect(network, 'bob');
      stranger.sendJson(Kind.goodbye, { code: 'ERR_LINK_STRANGE', message: 'Wrong door.' });
      await stranger.closed();
      expect(stranger.frames).toStrictEqual([]);
      expect(network.errors).toMatchObject([{ message: 'Wrong door.' }]);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_STRANGE']);
    });

    test('that leaves in the middle of its hello is one', async () => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const stranger = await RawPeer.connect(network, 'bob');
      const failed = once(bob, 'error').catch((error: unknown) => [error]);
      stranger.write(Buffer.from([0, 0, 1]));
      stranger.stream.end();
      await failed;
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDSHAKE']);
    });

    test.each<readonly [string, (stranger: RawPeer) => void, string]>([
      ['speaks HTTP', (stranger) => stranger.write(Buffer.from('GET / HTTP/1.1\r\n\r\n')), 'ERR_LINK_PROTOCOL'],
      ['sends zeros', (stranger) => stranger.write(Buffer.alloc(100)), 'ERR_LINK_PROTOCOL'],
      [
        'sends a hello that is no JSON',
        (stranger) => stranger.write(Buffer.from([0, 0, 0, 3, 1, 0, 0x7b])),
        'ERR_LINK_PROTOCOL',
      ],
      ['sends a hello that is no hello', (stranger) => stranger.sendJson(Kind.hello, { a: 1 }), 'ERR_LINK_PROTOCOL'],
      ['begins with a request', (stranger) => stranger.send(Kind.request, 1, { id: 'x' }), 'ERR_LINK_PROTOCOL'],
      ['begins with a welcome', (stranger) => stranger.sendJson(Kind.welcome, {}), 'ERR_LINK_PROTOCOL'],
      [
        'announces a frame that is too large for a handshake',
        (stranger) => stranger.write(Buffer.from([0, 1, 0, 0])),
        'ERR_LINK_PROTOCOL',
      ],
      [
        'speaks an older protocol',
        (stranger) => stranger.sendJson(Kind.hello, { ...createHello(createIdentity('old')), protocol: [0] }),
        'ERR_LINK_VERSION',
      ],
      [
        'lists more protocols than an answer has room for',
        (stranger) => {
          const hello = { ...createHello(createIdentity('x')), protocol: Array.from({ length: 1_700 }, () => 9) };
          expect(JSON.stringify(hello).length).toBeLessThan(MAX_HANDSHAKE_BYTES);
          stranger.sendJson(Kind.hello, hello);
        },
        'ERR_LINK_VERSION',
      ],
    ])('that %s is told so and dropped; others are served on', async (_name, misbehave, expected) => {
      const { alice } = await network.createPair();
      const stranger = await RawPeer.connect(network, 'bob');
      misbehave(stranger);
      expect(await stranger.takeGoodbye()).toBe(expected);
      await stranger.closed();
      expect(await alice.send('bob', 1)).toMatchObject({ echo: 1 });
      expect(network.takeErrorCodes()).toStrictEqual([expected]);
    });

    test('that proves nothing gets no message through', async () => {
      const bob = network.createServer('bob', { secret: 'secret' }).on('message', () => {
        throw new Error('a stranger was let in');
      });
      await bob.whenReady();
      const stranger = await RawPeer.connect(network, 'bob');
      stranger.sendJson(Kind.hello, createHello(createIdentity('stranger')));
      await stranger.take(Kind.welcome);
      stranger.sendJson(Kind.welcome, { proof: Buffer.alloc(32).toString('base64url') });
      stranger.send(Kind.request, 1, { id: 'x', data: 'let me in' });
      expect(await stranger.takeGoodbye()).toBe('ERR_LINK_AUTH');
      await stranger.closed();
      expect(stranger.frames).toStrictEqual([]);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_AUTH']);
    });

    test('does not keep others out, however many of it there are', async () => {
      const { alice } = await network.createPair({ maxConnections: 10, handshakeTimeout: 60_000 });
      const strangers = await Promise.all(Array.from({ length: 15 }, () => RawPeer.connect(network, 'bob')));
      // The oldest have to make room.
      await closedOf(strangers, 5);
      for (const stranger of strangers.filter(({ isClosed }) => isClosed))
        expect(await stranger.takeGoodbye()).toBe('ERR_LINK_HANDSHAKE');
      expect(await alice.send('bob', 1)).toMatchObject({ echo: 1 });
      expect(new Set(network.takeErrorCodes())).toStrictEqual(new Set(['ERR_LINK_HANDSHAKE']));
      for (const stranger of strangers) stranger.stream.destroy();
      await Promise.all(strangers.map((stranger) => stranger.closed()));
    });
  });

  describe('a crowd of strangers', () => {
    const options = { maxConnections: 3, handshakeTimeout: 60_000 };

    test('that says nothing puts out nobody who has said hello', async () => {
      const bob = network.createServer('bob', options);
      await bob.whenReady();
      const identity = createIdentity('carol');
      const hello = createHello(identity);
      const carol = await RawPeer.connect(network, 'bob');
      carol.sendJson(Kind.hello, hello);
      const welcome = await carol.take(Kind.welcome);
      const strangers = await connectMany(20);
      await closedOf(strangers, 17);
      carol.frames.push(welcome);
      await carol.confirm('bob', identity, hello);
      await connected(bob, 'carol');
      leave([...strangers, carol]);
      await gone(bob, 'carol');
      expect(network.takeErrorCodes()).toContain('ERR_LINK_HANDSHAKE');
    });

    test('that says hello and no more keeps out nobody who goes on', async () => {
      const { alice } = await network.createPair(options);
      const strangers = await connectMany(20);
      strangers.forEach((stranger, index) =>
        stranger.sendJson(Kind.hello, createHello(createIdentity(`stranger-${index}`))),
      );
      await closedOf(strangers, 1);
      expect(await alice.send('bob', 1)).toMatchObject({ echo: 1 });
      leave(strangers);
      expect(new Set(network.takeErrorCodes())).toStrictEqual(new Set(['ERR_LINK_HANDSHAKE']));
    });

    test('that is refused keeps nobody out', async () => {
      const { alice } = await network.createPair(options);
      const strangers = await connectMany(20);
      for (const stranger of strangers) stranger.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
      expect(await alice.send('bob', 1)).toMatchObject({ echo: 1 });
      await Promise.all(strangers.map((stranger) => stranger.closed()));
      expect(network.takeErrorCodes()).toContain('ERR_LINK_PROTOCOL');
    });

    test('that came together with somebody who speaks up does not drown it out', async () => {
      const bob = network.createServer('bob', options);
      await bob.whenReady();
      const connecting = RawPeer.connect(network, 'bob').then((peer) => {
        peer.sendJson(Kind.hello, createHello(createIdentity('carol')));
        return peer;
      });
      const crowding = connectMany(20);
      const [carol, strangers] = await Promise.all([connecting, crowding]);
      await carol.take(Kind.welcome);
      leave([...strangers, carol]);
      await Promise.all(strangers.map((stranger) => stranger.closed()));
      expect(new Set(await network.nextErrorCodes())).toStrictEqual(new Set(['ERR_LINK_HANDSHAKE']));
    });

    test('is an error or two, not hundreds, whatever else comes and goes', async () => {
      await network.createServer('bob', options).whenReady();
      for (let round = 0; round < 3; round++) {
        const strangers = await connectMany(50);
        await closedOf(strangers, 47);
        leave(strangers);
        await Promise.all(strangers.map((stranger) => stranger.closed()));
        const rude = await RawPeer.connect(network, 'bob');
        rude.write(Buffer.alloc(100));
        await rude.closed();
      }
      const codes: unknown[] = [];
      const count = (wanted: string): number => codes.filter((each) => each === wanted).length;
      while (count('ERR_LINK_PROTOCOL') < 3) codes.push(...(await network.nextErrorCodes()));
      // One for all who had to go within a second, however slow this machine is.
      expect(count('ERR_LINK_HANDSHAKE')).toBeLessThan(10);
    });

    function connectMany(count: number): Promise<RawPeer[]> {
      return Promise.all(Array.from({ length: count }, () => RawPeer.connect(network, 'bob')));
    }

    function leave(peers: readonly RawPeer[]): void {
      for (const { stream } of peers) stream.destroy();
    }

    async function gone(server: Server, peer: string): Promise<void> {
      while (server.hasSocket(peer)) await once(server, 'disconnect');
    }
  });

  describe('a listening side that is no ipc-link', () => {
    async function listenAs(onPeer: (peer: RawPeer) => void): Promise<void> {
      await network.transport.listen('odd', (stream) => onPeer(new RawPeer(stream)));
    }

    test('and says nothing is given up in time', async () => {
      await listenAs(() => {});
      const alice = network.createServer('alice', { handshakeTimeout: 20, maxRetries: 1 });
      await expect(alice.send('odd')).rejects.toThrow('did not finish the handshake within 20 ms');
    });

    test('is given up when connectTimeout is over, however long a handshake may take', async () => {
      await listenAs(() => {});
      const alice = network.createServer('alice', { handshakeTimeout: 60_000, connectTimeout: 40 });
      await expect(alice.send('odd')).rejects.toEqual(code('ERR_LINK_CONNECT'));
    });

    test('and sends junk is given up at once', async () => {
      await listenAs((peer) => peer.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n')));
      const alice = network.createServer('alice', { retry: 60_000 });
      await expect(alice.send('odd')).rejects.toEqual(code('ERR_LINK_PROTOCOL'));
    });

    test('and goes by another name is given up at once', async () => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      await network.transport.listen('alias', (stream) => {
        void (async () => {
          const toBob = await network.transport.connect('bob', new AbortController().signal);
          toBob.open({ data: (chunk) => stream.write([chunk]), drain: () => {}, close: () => stream.destroy() });
          stream.open({ data: (chunk) => toBob.write([chunk]), drain: () => {}, close: () => toBob.destroy() });
        })();
      });
      const alice = network.createServer('alice');
      const refused = once(bob, 'error').catch((error: unknown) => [error]);
      await expect(alice.send('alias')).rejects.toThrow("the process that answered calls itself 'bob'");
      await refused;
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_AUTH']);
    });
  });

  describe('a name', () => {
    test('that another process is connected under is refused', async () => {
      const { alice, bob } = await network.createPair();
      await alice.connectTo('bob');
      const impostor = await RawPeer.connect(network, 'bob');
      impostor.sendJson(Kind.hello, createHello(createIdentity('alice')));
      expect(await impostor.takeGoodbye()).toBe('ERR_LINK_NAME_TAKEN');
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_NAME_TAKEN']);
      expect(bob.socketNames).toStrictEqual(['alice']);
      expect(await alice.send('bob', 'still me')).toMatchObject({ echo: 'still me' });
    });

    test('that two processes ask for at the same time is given to one', async () => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const twins = ['one', 'two'].map((word) => createIdentity('twin', { instance: word.repeat(8) }));
      const peers = await Promise.all(twins.map(() => RawPeer.connect(network, 'bob')));
      const hellos = twins.map((twin) => createHello(twin));
      peers.forEach((peer, index) => peer.sendJson(Kind.hello, hellos[index]));
      const connected = once(bob, 'connect').catch((error: unknown) => [error]);
      await Promise.all(
        peers.map(async (peer, index) => {
          const [twin, hello] = [twins[index], hellos[index]];
          if (twin !== undefined && hello !== undefined) await peer.confirm('bob', twin, hello);
        }),
      );
      await connected;
      while (peers.every(({ frames }) => frames.every(({ kind }) => kind !== Kind.goodbye)))
        await new Promise(setImmediate);
      expect(bob.socketNames).toStrictEqual(['twin']);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_NAME_TAKEN']);
      for (const peer of peers) peer.stream.destroy();
    });
  });
});

/** Resolves when so many of them have been closed. Which those are depends on the order in which the system lets them in. */
function closedOf(peers: readonly RawPeer[], count: number): Promise<void> {
  return new Promise((resolve) => {
    let closed = 0;
    for (const peer of peers)
      void peer.closed().then(() => {
        if (++closed === count) resolve();
      });
  });
}
