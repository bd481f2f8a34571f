import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { resolveOptions, type ServerOptions } from '../../src/link/options.ts';
import { Peers } from '../../src/link/peers.ts';
import { createStreamPair, MemoryTransport } from '../../src/transport/memory.ts';
import type { ByteStream } from '../../src/transport/transport.ts';
import { startPeer } from '../support/child.ts';
import { code } from '../support/code.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { connected, overEachTransport, overSockets } from '../support/network.ts';
import { createIdentity } from '../support/raw-peer.ts';

overEachTransport((network) => {
  describe('after a loss', () => {
    test('the side that had connected connects again', async () => {
      const { alice, bob } = await network.createPair();
      await alice.connectTo('bob');
      await connected(bob, 'alice');
      const lost = once(alice, 'disconnect');
      bob.destroy();
      expect(await lost).toMatchObject(['bob', { code: 'ERR_LINK_PEER_LOST' }]);
      network.createServer('bob').on('message', (message) => message.reply({ again: true }));
      await connected(alice, 'bob');
      expect(await alice.send('bob')).toMatchObject({ again: true });
    });

    test('it does so only with the next call, where that was chosen', async () => {
      const { alice, bob } = await network.createPair({ reconnect: false });
      await alice.connectTo('bob');
      await connected(bob, 'alice');
      const lost = once(alice, 'disconnect');
      bob.destroy();
      await lost;
      const newcomers: string[] = [];
      const again = network.createServer('bob').on('message', (message) => message.reply());
      again.on('connect', (name) => newcomers.push(name));
      await again.whenReady();
      await network.createServer('carol').send('bob');
      expect(newcomers).toStrictEqual(['carol']);
      await alice.send('bob');
      expect(newcomers).toStrictEqual(['carol', 'alice']);
    });

    test('what is sent meanwhile arrives afterwards, once', async () => {
      const { alice, bob } = await network.createPair();
      await alice.connectTo('bob');
      await connected(bob, 'alice');
      const lost = once(alice, 'disconnect');
      bob.destroy();
      await lost;
      const sent = [1, 2, 3].map((n) => alice.send('bob', n));
      const seen: unknown[] = [];
      network.createServer('bob').on('message', (message) => {
        seen.push(message.data);
        message.reply();
      });
      await Promise.all(sent);
      expect(seen).toStrictEqual([1, 2, 3]);
    });

    test('what was under way is not sent again', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob', 'once');
      await once(bob, 'message');
      bob.destroy();
      await expect(sent).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
      const seen: unknown[] = [];
      const again = network.createServer('bob').on('message', (message) => {
        seen.push(message.data);
        message.reply();
      });
      await connected(alice, 'bob');
      await alice.send('bob', 'new');
      expect(seen).toStrictEqual(['new']);
      await again.close();
    });
  });

  describe('connecting', () => {
    test('is given up after maxRetries, and can be tried again', async () => {
      const alice = network.createServer('alice', { retry: 1, maxRetries: 2 });
      const connecting = alice.connectTo('bob');
      await expect(connecting).rejects.toEqual(code('ERR_LINK_CONNECT'));
      await expect(connecting).rejects.toThrow('gave up after 3 tries');
      await network.createServer('bob').whenReady();
      expect((await alice.connectTo('bob')).isConnected).toBe(true);
    });

    test('is given up after connectTimeout', async () => {
      const alice = network.createServer('alice', { retry: 5, connectTimeout: 50 });
      await expect(alice.connectTo('bob')).rejects.toEqual(code('ERR_LINK_CONNECT'));
    });

    test('is given up after connectTimeout where a Server has stopped and its connections live on', async () => {
      const { alice, bob } = await network.createPair();
      await alice.send('bob');
      const stopped = once(bob, 'stop');
      bob.stop();
      await stopped;
      const carol = network.createServer('carol', { retry: 5, connectTimeout: 50 });
      await expect(carol.connectTo('bob')).rejects.toEqual(code('ERR_LINK_CONNECT'));
      expect(await alice.send('bob', 'still')).toMatchObject({ echo: 'still' });
    });

    test('is done once for all who wait for it', async () => {
      const alice = network.createServer('alice');
      const waiting = [alice.connectTo('bob'), alice.connectTo('bob'), alice.send('bob').then(() => null)];
      let connections = 0;
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      bob.on('connect', () => connections++);
      const [one, two] = await Promise.all(waiting);
      expect(one).toBe(two);
      expect(connections).toBe(1);
    });

    test('is refused for a name that is none', async () => {
      const alice = network.createServer('alice');
      for (const name of ['', 'a/b', 'a\\b', 'a\0b', 'a\nb', '\ud800', 'x'.repeat(256), Object(5)]) {
        await expect(alice.connectTo(name)).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
        await expect(alice.send(name)).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
      }
    });
  });

  test('a loss that nobody can mend is reported once', async () => {
    const { alice, bob } = await network.createPair({ retry: 1, maxRetries: 2 });
    await alice.connectTo('bob');
    await connected(bob, 'alice');
    bob.destroy();
    expect(await network.nextErrorCodes()).toStrictEqual(['ERR_LINK_CONNECT']);
  });
});

overSockets((network) => {
  test('a peer that was killed is found again when it has restarted', async () => {
    const alice = network.createServer('alice');
    const first = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await first.take('ready');
    await alice.send('bob', 'before');
    const lost = once(alice, 'disconnect');
    first.kill('SIGKILL');
    expect(await lost).toMatchObject(['bob', { code: 'ERR_LINK_PEER_LOST' }]);
    startPeer({ name: 'bob', socketRoot: network.socketRoot });
    expect(await alice.send('bob', 'after')).toMatchObject({ echo: 'after' });
  });
});

/** One side of a link without its Server, so that its clock can be held. */
function createSide(
  transport: MemoryTransport,
  name: string,
  options: ServerOptions = {},
): { peers: Peers; clock: FakeClock } {
  const clock = new FakeClock();
  const context = {
    transport,
    identity: createIdentity(name),
    options: resolveOptions({ retry: 500, heartbeat: Infinity, frameTimeout: 1_000_000, ...options }),
    clock,
    random: () => 0.5,
  };
  const owner = {
    whenOverloaded: 'reject' as const,
    send: () => Promise.reject(new Error('not here')),
    stream: () => {
      throw new Error('not here');
    },
  };
  const nothing = (): void => {};
  const peers = new Peers(context, owner, {
    reportPeer: nothing,
    request: nothing,
    drain: nothing,
    forget: nothing,
    error: nothing,
  });
  return { peers, clock };
}

describe('whoever reconnects', () => {
  async function connect(): Promise<Record<'alice' | 'bob', ReturnType<typeof createSide>>> {
    const transport = new MemoryTransport();
    const [alice, bob] = [createSide(transport, 'alice'), createSide(transport, 'bob')];
    await transport.listen('bob', (stream) => bob.peers.accept(stream));
    await alice.peers.connect('bob');
    while (bob.peers.get('alice') === null) await new Promise(setImmediate);
    return { alice, bob };
  }

  async function apart({ alice, bob }: Awaited<ReturnType<typeof connect>>): Promise<void> {
    while (alice.peers.connections.length + bob.peers.connections.length > 0) await new Promise(setImmediate);
  }

  test('nobody does after a goodbye, whoever said it', async () => {
    for (const leaving of ['alice', 'bob'] as const) {
      const sides = await connect();
      await sides[leaving].peers.leave(1_000);
      await apart(sides);
      expect([sides.alice.clock.waits, sides.bob.clock.waits]).toStrictEqual([[], []]);
    }
  });

  test('the side that had connected does after a loss, and waits before its first try', async () => {
    const sides = await connect();
    for (const connection of sides.bob.peers.connections) connection.destroy();
    await apart(sides);
    expect([sides.alice.clock.waits, sides.bob.clock.waits]).toStrictEqual([[500], []]);
  });

  test('waits longer each time, and gives up after connectTimeout', async () => {
    const { peers, clock } = createSide(new MemoryTransport(), 'alice', { connectTimeout: 10_000 });
    const outcome = expect(peers.connect('bob')).rejects.toThrow('gave up after 6 tries');
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries++) {
      // The try fails within this turn; what it was limited by is over then.
      await new Promise(setImmediate);
      const [wait = 0] = clock.waits;
      waits.push(wait);
      clock.advance(wait);
    }
    expect(waits.map(Math.round)).toStrictEqual([500, 750, 1_125, 1_688, 2_531]);
    await outcome;
  });

  test('gives up after connectTimeout within a try too, though the transport takes no notice', async () => {
    const transport = new MemoryTransport();
    const connecting = vi.spyOn(transport, 'connect').mockReturnValue(new Promise(() => {}));
    const { peers, clock } = createSide(transport, 'alice', { connectTimeout: 10_000 });
    const outcome = expect(peers.connect('bob')).rejects.toThrow('gave up after 1 tries. Nobody took the connection');
    clock.advance(10_000);
    await outcome;
    expect(connecting.mock.lastCall).toMatchObject(['bob', { aborted: true }]);
    expect(clock.waits).toStrictEqual([]);
  });

  test('drops a connection that comes when that time is over', async () => {
    const [stream, far] = createStreamPair();
    const transport = new MemoryTransport();
    let arrive = (_stream: ByteStream): void => {};
    vi.spyOn(transport, 'connect').mockReturnValue(new Promise((resolve) => (arrive = resolve)));
    const { peers, clock } = createSide(transport, 'alice', { connectTimeout: 10_000 });
    const outcome = expect(peers.connect('bob')).rejects.toEqual(code('ERR_LINK_CONNECT'));
    clock.advance(10_000);
    await outcome;
    arrive(stream);
    await new Promise<Error | undefined>((close) => far.open({ data: () => {}, drain: () => {}, close }));
    expect(peers.connections).toStrictEqual([]);
  });
});
