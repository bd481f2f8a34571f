import { connect as connectSocket, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Kind, smallFrame } from '../../src/envelope/frame.ts';
import { type Frame, FrameReader } from '../../src/envelope/frame-reader.ts';
import { toAddress } from '../../src/transport/socket-path.ts';
import type { ByteStream } from '../../src/transport/transport.ts';
import { NodeIpcTransport } from '../../src/transport/node-ipc.ts';
import { End } from '../support/bytes.ts';
import { type Network, overSockets } from '../support/network.ts';

const MEBIBYTE = 1_048_576;

/** The end of a stream that lets it read into the memory where frames are put together. */
class Receiver {
  readonly stream: ByteStream;
  readonly frames: Frame[] = [];
  /** Bytes that came as chunks, and bytes that were put in place. */
  pushed = 0;
  placed = 0;
  isClosed = false;
  /** Called after each read. */
  onRead = (): void => {};
  readonly #reader = new FrameReader(2 ** 31, (frame) => this.frames.push(frame));
  #onChange: (() => void)[] = [];

  constructor(stream: ByteStream) {
    this.stream = stream;
    stream.open({
      data: (chunk) => {
        this.pushed += chunk.length;
        this.#reader.push(chunk);
        this.#changed();
      },
      destination: {
        space: () => this.#reader.space,
        filled: (count) => {
          this.placed += count;
          this.#reader.filled(count);
          this.#changed();
        },
      },
      drain: () => {},
      close: () => {
        this.isClosed = true;
        this.#changed();
      },
    });
  }

  get read(): number {
    return this.pushed + this.placed;
  }

  bodies(): Buffer[] {
    return this.frames.map(({ bytes, start, end }) => Buffer.from(bytes.subarray(start, end)));
  }

  async until(condition: (receiver: this) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#onChange.push(resolve));
  }

  #changed(): void {
    this.onRead();
    for (const resolve of this.#onChange.splice(0)) resolve();
  }
}

interface Pair {
  readonly dialed: ByteStream;
  readonly accepted: ByteStream;
}

async function createPair(network: Network): Promise<Pair> {
  let accept: (stream: ByteStream) => void = () => {};
  const accepted = new Promise<ByteStream>((resolve) => (accept = resolve));
  const listener = await network.transport.listen('far', accept);
  const dialed = await network.transport.connect('far', new AbortController().signal);
  const pair = { dialed, accepted: await accepted };
  listener.close();
  return pair;
}

/** By which end reads: one socket has its reads by Node's option, the other is made anew. */
const ends: readonly (readonly [string, (pair: Pair) => { near: End; far: Receiver }])[] = [
  ['a socket that dialed', ({ dialed, accepted }) => ({ near: new End(accepted), far: new Receiver(dialed) })],
  ['a socket that was accepted', ({ dialed, accepted }) => ({ near: new End(dialed), far: new Receiver(accepted) })],
];

/** Things that come from outside have had their turn. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

overSockets((network) => {
  describe.each(ends)('%s', (_name, open) => {
    test('reads frames of any size, cut anywhere, and what it has read stays as it is', async () => {
      const size = fc.oneof(
        fc.integer({ min: 0, max: 200 }),
        fc.constantFrom(16_384, 65_536).chain((near) => fc.integer({ min: near - 30, max: near + 30 })),
        fc.integer({ min: 100_000, max: 400_000 }),
      );
      const piece = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 10_000, max: 90_000 }));
      const pair = open(await createPair(network));
      await fc.assert(
        fc.asyncProperty(
          fc.array(size, { minLength: 1, maxLength: 8 }),
          fc.array(piece, { minLength: 1, maxLength: 5 }),
          async (sizes, pieces) => {
            const { near, far } = pair;
            far.frames.length = 0;
            const bodies = sizes.map((length, index) => Buffer.alloc(length, `${index} `));
            const bytes = Buffer.concat(bodies.map((body, index) => smallFrame(Kind.credit, index, body)));
            const readBefore = far.read;
            for (let offset = 0, turn = 0; offset < bytes.length; turn++) {
              const count = Math.max(pieces[turn % pieces.length] ?? 1, Math.ceil(bytes.length / 50));
              near.write(bytes.subarray(offset, offset + count));
              offset += count;
              await turns(1);
            }
            await far.until(({ read }) => read === readBefore + bytes.length);
            expect(far.bodies().map((body, index) => body.equals(bodies[index] ?? Buffer.alloc(0)))).toStrictEqual(
              bodies.map(() => true),
            );
          },
        ),
        { numRuns: 40 },
      );
      pair.near.stream.destroy();
      await pair.far.until(({ isClosed }) => isClosed);
    });

    test('puts a large body where it stays', async () => {
      const { near, far } = open(await createPair(network));
      const body = Buffer.alloc(8 * MEBIBYTE, 'large');
      near.write(smallFrame(Kind.credit, 1, body));
      await far.until(({ frames }) => frames.length === 1);
      expect(far.bodies().map((found) => found.equals(body))).toStrictEqual([true]);
      expect(far.pushed).toBeLessThan(100_000);
      near.stream.destroy();
    });

    test('that is paused reads no more than once, and goes on where it was', async () => {
      const { near, far } = open(await createPair(network));
      const bodies = [Buffer.alloc(8 * MEBIBYTE, 'first'), Buffer.from('between'), Buffer.alloc(8 * MEBIBYTE, 'last')];
      far.onRead = () => {
        if (far.read > MEBIBYTE) far.stream.pause();
      };
      near.write(...bodies.map((body, index) => smallFrame(Kind.credit, index, body)));
      await far.until(({ read }) => read > MEBIBYTE);
      const { read } = far;
      await turns(50);
      expect(far.read).toBe(read);
      expect(near.stream.bytesWaiting).toBeGreaterThan(8 * MEBIBYTE);
      let pauses = 0;
      far.onRead = () => {
        // Again and again, within a read and outside of one.
        if (pauses++ % 3 !== 0) return;
        far.stream.pause();
        far.stream.resume();
        far.stream.pause();
        setImmediate(() => far.stream.resume());
      };
      far.stream.resume();
      await far.until(({ frames }) => frames.length === bodies.length);
      expect(far.bodies().map((body, index) => body.equals(bodies[index] ?? Buffer.alloc(0)))).toStrictEqual([
        true,
        true,
        true,
      ]);
      near.stream.destroy();
    });

    test('keeps what it reads while it is paused apart from what it reads next', async () => {
      const { near, far } = open(await createPair(network));
      const send = async (text: string): Promise<void> => {
        const { length } = far.frames;
        near.write(smallFrame(Kind.credit, length, Buffer.from(text)));
        await far.until(({ frames }) => frames.length > length);
      };
      await send('the first read has memory of its own');
      await send('from the second on');
      far.stream.pause();
      const sent = send('while paused');
      await turns(20);
      far.stream.resume();
      await sent;
      await send('after that');
      await send('and after that, longer');
      expect(far.bodies().map(String)).toStrictEqual([
        'the first read has memory of its own',
        'from the second on',
        'while paused',
        'after that',
        'and after that, longer',
      ]);
      near.stream.destroy();
    });

    test('that is paused notices that the other end is gone', async () => {
      const { near, far } = open(await createPair(network));
      near.write(smallFrame(Kind.ping, 1));
      await far.until(({ frames }) => frames.length === 1);
      far.stream.pause();
      near.stream.destroy();
      await far.until(({ isClosed }) => isClosed);
      expect(far.frames).toHaveLength(1);
    });

    test('hands on nothing more once it is destroyed', async () => {
      const { near, far } = open(await createPair(network));
      far.onRead = () => far.stream.pause();
      near.write(smallFrame(Kind.credit, 1, Buffer.alloc(4 * MEBIBYTE)));
      await far.until(({ read }) => read > 0);
      const { read } = far;
      // What is read once more waits.
      await turns(20);
      far.stream.destroy();
      far.stream.resume();
      await far.until(({ isClosed }) => isClosed);
      await turns(5);
      expect(far.read).toBe(read);
      await near.until(({ closes }) => closes === 1);
    });
  });

  test('a socket that was accepted is no longer counted once it has closed', async () => {
    const { socketRoot } = network;
    const transport = new NodeIpcTransport({ socketRoot, maxConnections: 1 });
    let accept: (stream: ByteStream) => void = () => {};
    const listener = await transport.listen('far', (stream) => accept(stream));
    for (let count = 0; count < 5; count++) {
      const accepted = new Promise<ByteStream>((resolve) => (accept = resolve));
      const near = new End(await transport.connect('far', new AbortController().signal));
      const far = new End(await accepted);
      near.write('hello');
      await far.until(({ text }) => text === 'hello');
      near.stream.destroy();
      await far.until(({ closes }) => closes === 1);
    }
    listener.close();
  });

  describe('where a socket has no such handle as Node has', () => {
    /** Takes away what is needed of Node's; a server's sockets have their prototype from it. */
    async function withoutDirectReads(socket: Socket, run: () => Promise<void>): Promise<void> {
      let holder: object | null = Object(Reflect.get(socket, '_handle'));
      while (holder !== null && !Object.hasOwn(holder, 'useUserBuffer')) holder = Object.getPrototypeOf(holder);
      const found = Object.getOwnPropertyDescriptor(Object(holder), 'useUserBuffer');
      if (holder === null || found === undefined) throw new Error('Node has changed');
      Reflect.deleteProperty(holder, 'useUserBuffer');
      try {
        await run();
      } finally {
        Object.defineProperty(holder, 'useUserBuffer', found);
      }
    }

    test('it is left as it is, and reads as sockets do by themselves', async () => {
      let accept: (stream: ByteStream) => void = () => {};
      const accepted = new Promise<ByteStream>((resolve) => (accept = resolve));
      const listener = await network.transport.listen('far', (stream) => accept(stream));
      const dialed = connectSocket(toAddress(`${network.socketRoot}app.far`));
      await withoutDirectReads(dialed, async () => {
        const far = new Receiver(await accepted);
        const body = Buffer.alloc(MEBIBYTE, 'large');
        dialed.write(smallFrame(Kind.credit, 1, body));
        await far.until(({ frames }) => frames.length === 1);
        expect(far.bodies().map((found) => found.equals(body))).toStrictEqual([true]);
        expect(far.placed).toBe(0);
      });
      dialed.destroy();
      listener.close();
    });
  });
});
