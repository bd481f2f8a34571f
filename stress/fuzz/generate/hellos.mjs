/** @typedef {import('../../random.mjs').Random} Random */

/** Invalid values for fields of a hello or a welcome. */
const oddities = {
  protocol: [1, [], [2], [1, 2], ['1'], null, [1e9]],
  codecs: [[], ['cbor'], ['json', 'msgpack'], 'json', [1], {}],
  codec: ['cbor', 5, null, 'msgpack'],
  name: ['', 'a/b', 'a\\b', 'a\0b', 'x'.repeat(255), 'x'.repeat(256), 5, null, '..', '🌍'.repeat(60)],
  instance: ['', 'short', '+'.repeat(22), 'x'.repeat(65), 5],
  nonce: ['', 'short', '+'.repeat(43), 'x'.repeat(65), null],
  maxFrameBytes: [0, 1, 6, 100, 4_096, 1.5, -1, '1', Number.MAX_SAFE_INTEGER, 1e300],
  streamWindow: [0, 1, -1, 1.5, Number.MAX_SAFE_INTEGER, null],
  proof: ['', 'x'.repeat(43), 5, null, 'A'.repeat(3_000)],
};

/** Values of limits that are valid and extreme. */
const limits = {
  maxFrameBytes: [4_096, 4_097, 10_000, 67_108_864],
  streamWindow: [1, 100, 262_144, Number.MAX_SAFE_INTEGER],
};

/** Chooses fields of a hello or welcome that will most likely be refused. @param {Random} random */
export function createOddHello(random) {
  return pickFields(oddities, random, 0.25);
}

/** Chooses fields of a hello or welcome that will be accepted. @param {Random} random */
export function createUnkindHello(random) {
  return pickFields(limits, random, 0.3);
}

/** @param {Readonly<Record<string, readonly unknown[]>>} choices @param {Random} random @param {number} probability */
function pickFields(choices, random, probability) {
  const entries = Object.entries(choices).filter(() => random.chance(probability));
  return Object.fromEntries(entries.map(([key, values]) => [key, random.pick(values)]));
}
