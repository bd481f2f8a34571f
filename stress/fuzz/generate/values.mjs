/** @typedef {import('../../random.mjs').Random} Random */

const texts = [
  '',
  'a',
  'id',
  'data',
  '__proto__',
  'constructor',
  'toJSON',
  'Grüße 🌍',
  'x'.repeat(300),
  'a\ud800b',
  '\0',
];
const numbers = [
  0,
  -0,
  1,
  -1,
  127,
  128,
  255,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  0.1,
  1e308,
  Number.NaN,
  Infinity,
  -Infinity,
];
const views = [Int8Array, Uint8Array, Uint16Array, Int32Array, Float64Array, BigInt64Array];

/** A value of any type that can be sent. @param {Random} random @param {number} [depth] @returns {unknown} */
export function createValue(random, depth = 3) {
  const create = random.pick(depth > 0 && random.chance(0.6) ? containers : leaves);
  return create(random, depth - 1);
}

/** @type {readonly ((random: Random) => unknown)[]} */
const leaves = [
  () => null,
  () => undefined,
  (random) => random.chance(0.5),
  (random) => random.pick(numbers),
  (random) => random.pick(texts),
  (random) => BigInt(random.below(1_000)) ** BigInt(random.below(12)) * (random.chance(0.5) ? 1n : -1n),
  (random) => new Date(random.pick([0, -1, 1_700_000_000_000, Number.NaN])),
  (random) => new RegExp(random.pick(['a', '[b-z]+', '(?<name>x)']), random.pick(['', 'g', 'iu'])),
  (random) => random.bytes(random.pick([0, 1, 20, 5_000])),
  (random) => new (random.pick(views))(new Uint8Array(random.bytes(8 * random.below(4))).buffer),
  (random) => new DataView(new Uint8Array(random.bytes(3)).buffer),
  (random) => Object(random.pick([1, 'boxed', false, 3n])),
];

/** @type {readonly ((random: Random, depth: number) => unknown)[]} */
const containers = [
  (random, depth) => items(random, depth),
  (random, depth) => Object.fromEntries(items(random, depth).map((item, index) => [random.pick(texts) + index, item])),
  (random, depth) => new Map(items(random, depth).map((item) => [createValue(random, 0), item])),
  (random, depth) => new Set(items(random, depth)),
  (random, depth) => Object.assign(new TypeError(random.pick(texts)), { cause: createValue(random, depth), code: 'E' }),
  (random, depth) => {
    /** @type {unknown[]} */
    const sparse = [];
    sparse[random.below(50)] = createValue(random, depth);
    return sparse;
  },
  (random, depth) => {
    /** @type {Record<string, unknown>} */
    const cycle = { inner: createValue(random, depth) };
    cycle['self'] = cycle;
    return cycle;
  },
];

/** @param {Random} random @param {number} depth @returns {unknown[]} */
function items(random, depth) {
  return Array.from({ length: random.below(5) }, () => createValue(random, depth));
}
