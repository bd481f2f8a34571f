import fc from 'fast-check';

/** Any UTF-16 text, with lone surrogates and NUL characters. */
const anyText = fc.string({ unit: 'binary' });

/** Values that structured clone supports, except for errors, whose stack it changes. */
export const clonable: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), tie('list'), tie('record'), tie('map'), tie('set')),
  leaf: fc.oneof(
    fc.constantFrom(null, undefined, true, false, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    fc.bigInt(),
    fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
    fc.string(),
    anyText,
    // Only valid dates, because Node 20 treats invalid ones as unequal. codec-types.test.ts tests an invalid one.
    fc.date({ noInvalidDate: true }),
    fc.constantFrom(/a/, /[b-z]+/giu, /(?<name>x)/su),
    fc.constantFrom(Object(1), Object('boxed'), Object(false), Object(3n)),
    fc.uint8Array({ maxLength: 40 }),
    fc.int16Array({ maxLength: 20 }),
    fc.float64Array({ maxLength: 10 }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.slice().buffer),
  ),
  list: fc.oneof(fc.array(tie('value'), { maxLength: 6 }), fc.sparseArray(tie('value'), { maxLength: 12 })),
  record: fc.dictionary(
    fc.oneof(fc.string(), anyText, fc.constantFrom('__proto__', 'constructor', 'toJSON')),
    tie('value'),
    {
      maxKeys: 6,
      noNullPrototype: true,
    },
  ),
  map: fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
  set: fc.array(tie('value'), { maxLength: 4 }).map((items) => new Set(items)),
}))['value'];

/** Numbers, text, lists and records only, which a codec writes in its plain notation. */
export const plain: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 4 });

/** Sizes of the pieces that bytes are divided into, repeated as often as needed. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(fc.integer({ min: 1, max: 70 }), {
  minLength: 1,
  maxLength: 8,
});

/** Cuts bytes in pieces by those numbers. */
export function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let offset = 0, turn = 0; offset < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(offset, offset + size));
    offset += size;
  }
  return pieces;
}
