import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { LARGE_BYTES } from '../../src/envelope/msgpack-writer.ts';
import { bodyBytes, decodeBody, roundTrip } from '../support/bodies.ts';

/** The referee: a library of others, set to write and read the standard form alone. */
const msgpackr = new Packr({
  useRecords: false,
  structuredClone: false,
  moreTypes: false,
  variableMapSize: true,
  mapsAsObjects: true,
  copyBuffers: true,
});

const buffer = fc
  .oneof(fc.integer({ max: 40, min: 0 }), fc.integer({ min: LARGE_BYTES - 2, max: LARGE_BYTES + 2 }))
  .map((length) => Buffer.alloc(length, length));

/** What MessagePack itself holds, with lists and records on both sides of where their headers grow. */
const packable: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), tie('leaf'), tie('list'), tie('record')),
  leaf: fc.oneof(
    fc.constantFrom(null, undefined, true, false, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.integer(),
    fc.integer({ min: -40, max: 300 }),
    fc.maxSafeInteger(),
    fc.double().filter((value) => !Object.is(value, -0)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 300 }),
    buffer,
  ),
  list: fc.array(tie('value'), { maxLength: 20 }),
  record: fc.dictionary(
    fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((key) => !['__proto__', 'constructor', 'toJSON'].includes(key)),
    tie('value'),
    { maxKeys: 20, noNullPrototype: true },
  ),
}))['value'];

test('writes byte for byte what msgpackr writes, and reads it', () => {
  fc.assert(
    fc.property(packable, (value) => {
      const theirs = msgpackr.pack(value);
      const ours = codecs.msgpack.encode(value);
      expect(ours.flags).toBe(0);
      expect(bodyBytes(ours).equals(theirs)).toBe(true);
      expect(isDeepStrictEqual(decodeBody('msgpack', theirs), msgpackr.unpack(theirs))).toBe(true);
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

test('a value of megabytes is written whole, and no room is kept for the next', () => {
  const value = { text: 'x'.repeat(5_000_000), list: Array.from({ length: 100_000 }, (_, index) => index) };
  expect(roundTrip('msgpack', value)).toStrictEqual(value);
  expect(codecs.msgpack.encode('small').head.buffer.byteLength).toBeLessThan(100_000);
});

function expectSame(value: unknown): void {
  const body = codecs.msgpack.encode(value);
  expect(body.flags).toBe(0);
  expect(bodyBytes(body).equals(msgpackr.pack(value))).toBe(true);
  expect(isDeepStrictEqual(decodeBody('msgpack', bodyBytes(body)), value)).toBe(true);
}
