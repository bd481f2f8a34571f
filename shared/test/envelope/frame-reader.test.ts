import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { Kind, smallFrame } from '../../src/envelope/frame.ts';
import { type Frame, FrameReader } from '../../src/envelope/frame-reader.ts';
import { clonable, cut, cuts } from '../support/arbitraries.ts';
import { toBytes } from '../support/bodies.ts';

const MAX = 1_000;

function createReader(maxFrameBytes = MAX): { reader: FrameReader; frames: Frame[] } {
  const frames: Frame[] = [];
  return { reader: new FrameReader(maxFrameBytes, (frame) => frames.push(frame)), frames };
}

describe('frames come out whole and in order', () => {
  test('however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(clonable, { minLength: 1, maxLength: 5 }), cuts, (values, sizes) => {
        const { reader, frames } = createReader(2 ** 31);
        const bytes = Buffer.concat(
          values.map((value, index) => toBytes(codecs.msgpack.encode(value), Kind.request, index)),
        );
        for (const piece of cut(bytes, sizes)) reader.push(piece);
        expect(frames.map(({ correlation }) => correlation)).toStrictEqual([...values.keys()]);
        const arrived = frames.map((frame) => codecs.msgpack.decode(frame));
        expect(
          isDeepStrictEqual(
            arrived,
            values.map((value) => structuredClone(value)),
          ),
        ).toBe(true);
        expect(reader.isPartial).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('byte by byte', () => {
    const { reader, frames } = createReader();
    const bytes = Buffer.concat([toBytes(codecs.json.encode('one')), smallFrame(Kind.ping, 2)]);
    for (const piece of cut(bytes, [1])) reader.push(piece);
    expect(frames).toMatchObject([{ kind: Kind.request }, { kind: Kind.ping, correlation: 2 }]);
  });

  test('when the length itself is cut', () => {
    const bytes = toBytes(codecs.json.encode('one'));
    for (const at of [1, 2, 3, 4, 5]) {
      const { reader, frames } = createReader();
      reader.push(bytes.subarray(0, at));
      expect(reader.isPartial).toBe(true);
      reader.push(bytes.subarray(at));
      expect(frames.map((frame) => codecs.json.decode(frame))).toStrictEqual(['one']);
    }
  });

  test('without a copy where they lie whole in one piece', () => {
    const { reader, frames } = createReader();
    const bytes = Buffer.concat([toBytes(codecs.json.encode('one')), toBytes(codecs.json.encode('two'))]);
    reader.push(bytes);
    expect(frames.map((frame) => frame.bytes)).toStrictEqual([bytes, bytes]);
  });

  test('when the listener changes the limit in between', () => {
    const seen: number[] = [];
    const reader: FrameReader = new FrameReader(10, ({ correlation }) => {
      seen.push(correlation);
      reader.maxFrameBytes = MAX;
    });
    reader.push(Buffer.concat([smallFrame(Kind.ping, 1), toBytes(codecs.json.encode('x'.repeat(100)), Kind.reply, 2)]));
    expect(seen).toStrictEqual([1, 2]);
  });
});

describe('read into the memory that the reader gives, frames come out whole and in order', () => {
  /** Around what decides where a frame's bytes are put, with the ten bytes of its header. */
  const size = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.constantFrom(16_384, 65_536, 131_072).chain((near) => fc.integer({ min: near - 30, max: near + 30 })),
    fc.integer({ min: 100_000, max: 300_000 }),
  );
  /** How much each read brings, and whether it is put there or pushed. */
  const reads = fc.array(
    fc.record({
      count: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1_000, max: 100_000 })),
      isPushed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );

  /** Reads as a stream would, over and over. */
  function readAll(reader: FrameReader, bytes: Buffer, sizes: readonly { count: number; isPushed: boolean }[]): void {
    for (let offset = 0, turn = 0; offset < bytes.length; turn++) {
      const { count = bytes.length, isPushed = false } = sizes[turn % sizes.length] ?? {};
      const read = bytes.subarray(offset, offset + count);
      if (isPushed) {
        reader.push(Buffer.from(read));
        offset += read.length;
      } else {
        const put = read.copy(reader.space);
        reader.filled(put);
        offset += put;
      }
    }
  }

  test('and keep their bytes, whatever is read after them', () => {
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 12 }), reads, (sizes, counts) => {
        const { reader, frames } = createReader(2 ** 31);
        const bodies = sizes.map((length, index) => Buffer.alloc(length, `${index} `));
        const bytes = Buffer.concat(bodies.map((body, index) => smallFrame(Kind.credit, index, body)));
        readAll(reader, bytes, counts);
        expect(frames.map(({ correlation }) => correlation)).toStrictEqual([...bodies.keys()]);
        const kept = frames.filter(({ bytes: found, start, end }, index) =>
          bodies[index]?.equals(found.subarray(start, end)),
        );
        expect(kept).toHaveLength(bodies.length);
        expect(reader.isPartial).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('a large one without a copy: its body is where it was put', () => {
    const { reader, frames } = createReader(2 ** 31);
    const bytes = Buffer.from(smallFrame(Kind.credit, 1, Buffer.alloc(1_048_576, 'large')));
    reader.push(bytes.subarray(0, 65_536));
    const { space } = reader;
    expect(space.length).toBe(bytes.length - 65_536);
    bytes.copy(space, 0, 65_536);
    reader.filled(space.length);
    expect(frames.map((frame) => frame.bytes.buffer)).toStrictEqual([space.buffer]);
  });
});

describe('a frame that is announced and does not come', () => {
  const announced = 64 * 1_048_576;

  function announce(): FrameReader {
    const { reader } = createReader(announced);
    reader.push(Buffer.from([4, 0, 0, 0]));
    return reader;
  }

  test('takes little memory', () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 50 }, announce);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1_048_576);
    expect(readers.every(({ isPartial }) => isPartial)).toBe(true);
  });

  test('takes memory for all of it when a 256th of it has come', () => {
    const reader = announce();
    const piece = Buffer.alloc(announced / 256 - 1);
    reader.push(piece);
    expect(reader.space.length).toBeLessThan(piece.length);
    while (reader.space.length < piece.length) reader.push(Buffer.alloc(reader.space.length));
    expect(reader.space.length).toBeGreaterThan(announced - 2 * piece.length);
  });

  test('comes out whole when it does come, in pieces of any size', () => {
    const body = Buffer.alloc(20 * 1_048_576, 'a large frame');
    const { reader, frames } = createReader(announced);
    for (const piece of cut(Buffer.from(smallFrame(Kind.credit, 7, body)), [9_999])) reader.push(piece);
    expect(frames.map(({ bytes, start, end }) => body.equals(bytes.subarray(start, end)))).toStrictEqual([true]);
  });
});

describe('bytes that are no frame are refused with ERR_LINK_PROTOCOL', () => {
  const refusal = expect.objectContaining({ code: 'ERR_LINK_PROTOCOL' });

  test.each([
    ['a frame of no bytes', '00000000'],
    ['a frame without flags', '0000000103'],
    ['a frame over the limit', '000003e9'],
    ['a frame of 4 GiB', 'ffffffff'],
    ['text where a length should be', Buffer.from('GET / HTTP/1.1').toString('hex')],
    ['kind 0', '000000020000'],
    ['an unknown kind', '000000020d00'],
    ['a reply without a number', '00000005040000000000'],
  ])('%s', (_name, hex) => {
    expect(() => createReader().reader.push(Buffer.from(hex, 'hex'))).toThrow(refusal);
  });

  test('the same, in pieces', () => {
    const { reader } = createReader();
    const [first, ...rest] = cut(Buffer.from('000000020d00', 'hex'), [1]);
    reader.push(first ?? Buffer.alloc(0));
    expect(() => rest.forEach((piece) => reader.push(piece))).toThrow(refusal);
  });

  test('a frame of exactly the limit is fine', () => {
    const { reader, frames } = createReader();
    reader.push(smallFrame(Kind.credit, 1, Buffer.alloc(MAX - 6)));
    expect(frames).toHaveLength(1);
    expect(() => reader.push(smallFrame(Kind.credit, 1, Buffer.alloc(MAX - 5)))).toThrow(refusal);
  });

  test('any bytes at all end in frames or in that refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (bytes, sizes) => {
        const { reader } = createReader();
        try {
          for (const piece of cut(Buffer.from(bytes), sizes)) reader.push(piece);
        } catch (error) {
          expect(error).toEqual(refusal);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
