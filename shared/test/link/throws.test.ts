import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import { createHello } from '../../src/link/handshake.ts';
import type { Message } from '../../src/link/message.ts';
import type { Server } from '../../src/link/server.ts';
import { code } from '../support/code.ts';
import { onlyUnix } from '../support/left-out.ts';
import { type Network, overSockets } from '../support/network.ts';
import { createIdentity, RawPeer } from '../support/raw-peer.ts';

/** Each documented code, and how to get it. */
type Scenarios = Readonly<Record<string, (network: Network) => Promise<unknown>>>;

/** What alice's connection to bob meets. */
const connecting: Scenarios = {
  ERR_LINK_CONNECT: (network) => network.createServer('alice', { maxRetries: 0 }).connectTo('bob'),
  ERR_LINK_AUTH: async (network) => {
    await network.createServer('bob', { secret: 'his' }).whenReady();
    return network.createServer('alice', { secret: 'hers' }).connectTo('bob');
  },
  ERR_LINK_VERSION: async (network) => {
    await listenAs(network, (peer) => peer.sendJson(Kind.welcome, { ...welcome(), protocol: 2 }));
    return network.createServer('alice').connectTo('bob');
  },
  ERR_LINK_CODEC: async (network) => {
    await listenAs(network, (peer) => peer.sendJson(Kind.welcome, { ...welcome(), codec: 'yaml' }));
    return network.createServer('alice').connectTo('bob');
  },
  ERR_LINK_PROTOCOL: async (network) => {
    await listenAs(network, (peer) => peer.sendJson(Kind.welcome, {}));
    return network.createServer('alice').connectTo('bob');
  },
  ERR_LINK_NAME_TAKEN: async (network) => {
    await network.createServer('bob').whenReady();
    await network.createServer('alice').connectTo('bob');
    return network.createServer('alice', { autoStart: false }).connectTo('bob');
  },
  ERR_LINK_OVERLOADED: async (network) => {
    await network.createServer('bob', { maxConnections: 1 }).whenReady();
    await network.createServer('carol').connectTo('bob');
    return network.createServer('alice').connectTo('bob');
  },
  ERR_LINK_CLOSED: (network) => {
    const alice = network.createServer('alice');
    alice.destroy();
    return alice.connectTo('bob');
  },
  ERR_LINK_INVALID_ARGUMENT: (network) => network.createServer('alice').connectTo('a/b'),
  ERR_LINK_PATH_TOO_LONG: (network) => network.createServer('alice').connectTo('x'.repeat(255)),
};

/** What a request meets besides. */
const sending: Scenarios = {
  ERR_LINK_TIMEOUT: async (network) => (await silentPair(network)).send('bob', 1, { timeout: 5 }),
  ERR_LINK_PEER_LOST: async (network) => {
    const alice = network.createServer('alice');
    const bob = network.createServer('bob').on('message', () => bob.destroy());
    await bob.whenReady();
    return alice.send('bob', 1);
  },
  ERR_LINK_DUPLICATE_ID: async (network) => {
    const alice = await silentPair(network);
    alice.send('bob', { id: 'twin' }).catch(() => {});
    return alice.send('bob', { id: 'twin' });
  },
  ERR_LINK_OVERLOADED: async (network) => {
    const alice = await silentPair(network, { maxInFlight: 1 });
    alice.send('bob', 1).catch(() => {});
    return alice.send('bob', 2);
  },
  ERR_LINK_UNSERIALIZABLE: async (network) => (await silentPair(network)).send('bob', () => {}),
  ERR_LINK_TOO_LARGE: async (network) =>
    (await silentPair(network, { maxFrameBytes: 2_000 })).send('bob', 'x'.repeat(3_000)),
};

const starting: Scenarios = {
  ERR_LINK_NAME_TAKEN: async (network) => {
    await network.createServer('alice').whenReady();
    return network.createServer('alice').whenReady();
  },
  ERR_LINK_LISTEN: (network) => {
    onlyUnix('socketFiles');
    mkdirSync(join(network.socketRoot, 'app.alice'));
    return network.createServer('alice').whenReady();
  },
  ERR_LINK_PATH_TOO_LONG: (network) => network.createServer('x'.repeat(255)).whenReady(),
  ERR_LINK_CLOSED: (network) => {
    const alice = network.createServer('alice');
    alice.destroy();
    return alice.whenReady();
  },
};

overSockets((network) => {
  describe.each([
    ['connectTo', connecting],
    ['send', sending],
    ['whenReady', starting],
  ] as const)('%s', (method, scenarios) => {
    test('throws what its docstring says, and each of it is tried here', () => {
      expect(Object.keys(scenarios).toSorted()).toStrictEqual(documentedCodes(method).toSorted());
    });

    test.each(Object.entries(scenarios))('%s', async (expected, run) => {
      if (expected === 'ERR_LINK_NAME_TAKEN') network.refusesSecondListener();
      await expect(run(network)).rejects.toEqual(code(expected));
      // The other side may have reported the same; it is not what is looked at here.
      network.takeErrorCodes();
    });
  });

  test.each([
    ['connectTo', (alice: Server) => alice.connectTo('bob')],
    ['send', (alice: Server) => alice.send('bob', 1)],
    ['stream', (alice: Server) => alice.stream('bob', 1).next()],
  ] as const)('%s throws what the connection meets', async (_, call) => {
    await network.createServer('bob', { secret: 'his' }).whenReady();
    const alice = network.createServer('alice', { secret: 'hers' });
    await expect(call(alice)).rejects.toEqual(code('ERR_LINK_AUTH'));
    network.takeErrorCodes();
  });

  test('start throws on a closed server', () => {
    const alice = network.createServer('alice');
    alice.destroy();
    expect(() => alice.start()).toThrow(code('ERR_LINK_CLOSED'));
  });

  test('handle throws for a task that has a handler', () => {
    const alice = network.createServer('alice').handle('task', () => {});
    expect(() => alice.handle('task', () => {})).toThrow(code('ERR_LINK_INVALID_ARGUMENT'));
  });

  test('close throws for a drain that can not be', async () => {
    await expect(network.createServer('alice').close({ drain: -1 })).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
  });

  describe('a message', () => {
    const huge = 'x'.repeat(3_000);

    test.each([
      ['reply', 'ERR_LINK_UNSERIALIZABLE', (message: Message) => message.reply(() => {})],
      ['reply', 'ERR_LINK_TOO_LARGE', (message: Message) => message.reply(huge)],
      ['progress', 'ERR_LINK_UNSERIALIZABLE', (message: Message) => message.progress(() => {})],
      ['progress', 'ERR_LINK_TOO_LARGE', (message: Message) => message.progress(huge)],
      ['write', 'ERR_LINK_INVALID_ARGUMENT', (message: Message) => message.write(1)],
    ] as const)('%s throws %s, and can be replied to all the same', async (_, expected, misuse) => {
      const { alice, bob } = await network.createPair({ maxFrameBytes: 2_000 });
      bob.removeAllListeners('message').on('message', async (message) => {
        const thrown = await Promise.resolve()
          .then((): unknown => misuse(message))
          .catch((error: unknown) => Reflect.get(Object(error), 'code'));
        message.reply({ thrown });
      });
      expect(await alice.send('bob')).toMatchObject({ thrown: expected });
    });

    test.each([
      ['ERR_LINK_UNSERIALIZABLE', (message: Message) => message.write(() => {})],
      ['ERR_LINK_TOO_LARGE', (message: Message) => message.write(huge)],
      ['ERR_LINK_INVALID_ARGUMENT', (message: Message) => (message.end(), message.write(1))],
    ] as const)('of a stream throws %s from write', async (expected, misuse) => {
      const { alice, bob } = await network.createPair({ maxFrameBytes: 2_000 });
      const thrown = new Promise((resolve) => {
        bob.removeAllListeners('message').on('message', async (message) => {
          await misuse(message).catch(resolve);
          message.end();
        });
      });
      await alice.stream('bob').next();
      expect(await thrown).toEqual(code(expected));
    });
  });
});

/** Alice, connected to a bob who never answers. */
async function silentPair(network: Network, options = {}): Promise<Server> {
  const { alice, bob } = await network.createPair(options);
  bob.removeAllListeners('message').on('message', () => {});
  await alice.connectTo('bob');
  return alice;
}

/** Something that listens as bob and speaks at once. */
async function listenAs(network: Network, speak: (peer: RawPeer) => void): Promise<void> {
  await network.transport.listen('bob', (stream) => speak(new RawPeer(stream)));
}

function welcome(): object {
  const { protocol: _, codecs: __, ...introduction } = createHello(createIdentity('bob'));
  return { protocol: 1, codec: 'msgpack', ...introduction };
}

/** The codes behind `@throws` in the docstring right in front of a method of Server. */
function documentedCodes(method: string): string[] {
  const source = readFileSync(join(import.meta.dirname, '../../src/link/server.ts'), 'utf8');
  const [before = ''] = source.split(new RegExp(`^  (?:async )?${method}\\(`, 'm'));
  const docstring = before.slice(before.lastIndexOf('/**'));
  const [, ...thrown] = docstring.split('@throws');
  return [...thrown.join().matchAll(/`(ERR_\w+)`/g)].map(([, found = '']) => found);
}
