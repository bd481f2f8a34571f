import { describe, expect, test } from 'vitest';
import { Flag, Kind } from '../../src/envelope/frame.ts';
import type { Message } from '../../src/link/message.ts';
import type { ServerOptions } from '../../src/link/options.ts';
import type { Server } from '../../src/link/server.ts';
import { type Network, overEachTransport } from '../support/network.ts';
import { RawPeer } from '../support/raw-peer.ts';

const LIMIT = 65_536;
const WRITES = 10_000;
/** Several times less than what the floods below would make of a side that answers them all. */
const MOST_BYTES = 1_500_000;
/** Answers of ten bytes are asked for so many at once. */
const TIMES = 20;
const text = 'x'.repeat(1_000);

/** What a peer that reads nothing sends, and what it is answered by. */
interface Flood {
  readonly name: string;
  readonly options?: ServerOptions;
  readonly handle: (message: Message) => unknown;
  readonly write: (peer: RawPeer, number: number) => void;
  /** Requests that handlers are asked to answer at most. */
  readonly mostBegun?: number;
}

function request(peer: RawPeer, number: number, fields: object = {}): void {
  peer.send(Kind.request, number, { id: `r${number}`, data: number, ...fields });
}

const floods: readonly Flood[] = [
  {
    name: 'requests past maxInFlight, whose refusals',
    options: { maxInFlight: 3 },
    handle: () => new Promise(() => {}),
    write: request,
  },
  { name: 'requests whose replies', handle: (message) => message.reply(text), write: request },
  { name: 'requests whose errors', handle: (message) => message.reply(new Error(text)), write: request },
  {
    name: 'requests for tasks that are not there, whose refusals',
    handle: () => {},
    write: (peer, number) => request(peer, number, { task: text }),
  },
  {
    name: 'requests that it gives up at once, whose ends',
    handle: () => {},
    write: (peer) => {
      for (let pair = 0; pair < TIMES; pair++) {
        request(peer, 1);
        peer.sendSmall(Kind.cancel, 1);
      }
    },
  },
  {
    name: 'pings whose pongs',
    handle: () => {},
    write: (peer, number) => {
      for (let ping = 0; ping < TIMES; ping++) peer.sendSmall(Kind.ping, number);
    },
  },
  {
    name: 'requests whose progress',
    mostBegun: 1_000,
    handle: (message) => {
      message.progress(text);
      return new Promise(() => {});
    },
    write: request,
  },
  {
    name: 'streams whose items',
    handle: async (message) => {
      for (;;) await message.write(text);
    },
    write: (peer, number) => {
      peer.send(Kind.request, number, { id: `r${number}`, data: 1 }, { flags: Flag.stream });
      peer.sendSmall(Kind.credit, number, Buffer.from([0x7f, 0xff, 0xff, 0xff]));
    },
  },
];

/** Writes the whole flood, and tells how much waited at most for the peer, and for how many requests a handler was asked. */
async function drown(server: Server, peer: RawPeer, flood: Flood): Promise<{ most: number; begun: number }> {
  let begun = 0;
  server.on('error', () => {});
  server.on('message', (message) => {
    begun++;
    return flood.handle(message);
  });
  peer.stream.pause();
  let most = 0;
  for (let number = 1; number <= WRITES; number++) {
    flood.write(peer, number);
    if (number % 100 !== 0) continue;
    await new Promise(setImmediate);
    most = Math.max(most, ...server.socketNames.map((name) => server.getSocket(name)?.bytesWaiting ?? 0));
  }
  return { most, begun };
}

function createFlooded(network: Network, { options = {} }: Flood): Server {
  return network.createServer('flooded', { maxWriteBytes: LIMIT, maxFrameBytes: LIMIT, ...options });
}

overEachTransport((network) => {
  describe('what piles up for a peer that reads nothing is bounded', () => {
    test.each(floods)('on the side that was connected to: $name nobody reads', async (flood) => {
      const server = createFlooded(network, flood);
      await server.whenReady();
      const peer = await RawPeer.greet(network, 'flooded');
      const { most, begun } = await drown(server, peer, flood);
      expect(most).toBeLessThan(MOST_BYTES);
      expect(begun).toBeLessThan(flood.mostBegun ?? MOST_BYTES / 10);
    });

    test.each(floods)('on the side that connected: $name nobody reads', async (flood) => {
      const server = createFlooded(network, flood);
      const peer = await RawPeer.letIn(network, 'drowning', server);
      const { most, begun } = await drown(server, peer, flood);
      expect(most).toBeLessThan(MOST_BYTES);
      expect(begun).toBeLessThan(flood.mostBegun ?? MOST_BYTES / 10);
    });
  });

  test('a side that has stopped reading goes on once its answers are read, and has lost nothing', async () => {
    const server = network.createServer('flooded', { maxWriteBytes: LIMIT, maxInFlight: 10 });
    server.on('message', (message) => message.reply([message.data, text]));
    await server.whenReady();
    const peer = await RawPeer.greet(network, 'flooded');
    peer.stream.pause();
    for (let number = 1; number <= 1_000; number++) request(peer, number);
    await new Promise(setImmediate);
    peer.stream.resume();
    const answered = new Set<number>();
    while (answered.size < 1_000) answered.add((await peer.take(Kind.reply)).correlation);
    expect(server.getSocket('raw')).toMatchObject({ inboundInFlight: 0 });
  });
});
