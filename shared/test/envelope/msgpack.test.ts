import { isDeepStrictEqual } from 'node:util';
import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { LARGE_BYTES } from '../../src/envelope/msgpack-writer.ts';
import { bodyBytes, decodeBody, roundTrip } from '../support/bodies.ts';

/** The referee: a library of others. What stands for undefined has to be explained to it, and it doesn't write it. */
const extensionCodec = new ExtensionCodec();
extensionCodec.register({ type: 0, encode: () => null, decode: () => undefined });
const referee = {
  write: (value: unknown): Uint8Array => encode(value, { useBigInt64: true }),
  read: (bytes: Uint8Array): unknown => asBuffers(decode(bytes, { useBigInt64: true, extensionCodec })),
};

const buffer = fc
  .oneof(fc.integer({ max: 40, min: 0 }), fc.integer({ min: LARGE_BYTES - 2, max: LARGE_BYTES + 2 }))
  .map((length) => Buffer.alloc(length, length));

/** Lists and records on both sides of where their headers grow, with these leaves besides the usual ones. */
function trees(...leaves: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  const isOrdinary = (key: string): boolean => !['__proto__', 'constructor', 'toJSON'].includes(key);
  return fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), tie('leaf'), tie('list'), tie('record')),
    leaf: fc.oneof(
      fc.constantFrom(null, true, false, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      fc.integer(),
      fc.integer({ min: -40, max: 300 }),
      fc.maxSafeInteger(),
      fc.double().filter((value) => !Object.is(value, -0)),
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 300 }),
      buffer,
      ...leaves,
    ),
    list: fc.array(tie('value'), { maxLength: 20 }),
    record: fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 40 }).filter(isOrdinary), tie('value'), {
      maxKeys: 20,
      noNullPrototype: true,
    }),
  }))['value'];
}

/** All that MessagePack itself holds. */
const packable = trees(fc.constant(undefined), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));

test('writes byte for byte what the referee writes', () => {
  fc.assert(
    fc.property(trees(), (value) => {
      const ours = codecs.msgpack.encode(value);
      expect(ours.flags).toBe(0);
      expect(bodyBytes(ours).equals(referee.write(value))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('the referee reads what is written, and what the referee writes is read', () => {
  fc.assert(
    fc.property(packable, trees(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })), (value, other) => {
      expect(isDeepStrictEqual(referee.read(bodyBytes(codecs.msgpack.encode(value))), value)).toBe(true);
      expect(isDeepStrictEqual(decodeBody('msgpack', referee.write(other)), other)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('what has been written stays as it is while more is written', () => {
  fc.assert(
    fc.property(fc.array(packable, { minLength: 2, maxLength: 30 }), (values) => {
      const bodies = values.map((value) => codecs.msgpack.encode(value));
      const arrived = bodies.map((body) => decodeBody('msgpack', bodyBytes(body)));
      expect(isDeepStrictEqual(arrived, values)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

describe('on both sides of where a header grows', () => {
  const lengths = [0, 15, 16, 17, 31, 32, 85, 86, 255, 256, 65_535, 65_536];

  test.each(lengths)('text of %i characters', (length) => {
    for (const character of ['a', 'é', '€', '😀']) expectSame(character.repeat(length));
  });

  test.each(lengths)('a list and a record of %i, with a large Buffer among them', (length) => {
    const bytes = Buffer.alloc(LARGE_BYTES, 7);
    expectSame(Array.from({ length }, (_, index) => (index === 3 ? bytes : index)));
    expectSame(Object.fromEntries(Array.from({ length }, (_, index) => [`key ${index}`, index === 3 ? bytes : index])));
  });

  test.each(lengths)('a Buffer of %i bytes', (length) => {
    expectSame([Buffer.alloc(length, 1), 'behind it']);
  });

  test.each([0, 1, 7, 8, 15, 16, 31, 32, 33, 53].map((bits) => 2 ** bits))('numbers around %i', (value) => {
    expectSame([value - 1, value, value + 1, -value - 1, -value || 0, 1 - value || 0, value + 0.5]);
  });
});

test.each([
  ['ca3fc00000', 1.5],
  ['cc01', 1],
  ['cd0001', 1],
  ['ce00000001', 1],
  ['cf0000000000000001', 1n],
  ['d0ff', -1],
  ['d1ffff', -1],
  ['d2ffffffff', -1],
  ['d3ffffffffffffffff', -1n],
  ['d90161', 'a'],
  ['da000161', 'a'],
  ['db0000000161', 'a'],
  ['c5000107', Buffer.from([7])],
  ['c60000000107', Buffer.from([7])],
  ['dc000101', [1]],
  ['dd0000000101', [1]],
  ['de0001a16101', { a: 1 }],
  ['df00000001d9016101', { a: 1 }],
  ['810501', { 5: 1 }],
])('%s is read, though a shorter form is written', (hex, value) => {
  expect(decodeBody('msgpack', Buffer.from(hex, 'hex'))).toStrictEqual(value);
});

test.each(['81c001', '819001', '818001', '81c30102', 'c7010000', 'd50000', 'd80000'])('%s is refused', (hex) => {
  expect(() => decodeBody('msgpack', Buffer.from(hex, 'hex'))).toThrow(
    expect.objectContaining({ code: 'ERR_LINK_PROTOCOL' }),
  );
});

test('a value of megabytes is written whole, and no room is kept for the next', () => {
  const value = { text: 'x'.repeat(5_000_000), list: Array.from({ length: 100_000 }, (_, index) => index) };
  expect(roundTrip('msgpack', value)).toStrictEqual(value);
  expect(codecs.msgpack.encode('small').head.buffer.byteLength).toBeLessThan(100_000);
});

function expectSame(value: unknown): void {
  const body = codecs.msgpack.encode(value);
  expect(body.flags).toBe(0);
  expect(bodyBytes(body).equals(referee.write(value))).toBe(true);
  expect(isDeepStrictEqual(decodeBody('msgpack', bodyBytes(body)), value)).toBe(true);
}

/** The referee has arrays of bytes where Node has Buffers. */
function asBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(asBuffers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asBuffers(item)]));
}
