/** @typedef {import('../../random.mjs').Random} Random */

const MAX_BYTES = 200_000;

/** Bytes with a meaning in a length, a MessagePack token or a frame's kind. */
const meaningful = [
  0x00, 0x01, 0x02, 0x0c, 0x0d, 0x22, 0x5b, 0x5d, 0x7b, 0x7f, 0x80, 0x90, 0xa0, 0xc1, 0xc7, 0xd4, 0xdd, 0xdf, 0xff,
];

/** Damages bytes in one to four places. @param {Buffer} bytes @param {Random} random */
export function mutate(bytes, random) {
  /** @type {Buffer} */
  let mutated = Buffer.from(bytes);
  for (let count = random.between(1, 4); count > 0; count--) mutated = random.pick(damages)(mutated, random);
  return mutated.subarray(0, MAX_BYTES);
}

/** @type {readonly ((bytes: Buffer, random: Random) => Buffer)[]} */
const damages = [
  (bytes, random) => set(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => set(bytes, random, () => random.below(256)),
  (bytes, random) => set(bytes, random, () => random.pick(meaningful)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => insert(bytes, random, random.bytes(random.between(1, 8))),
  (bytes, random) => insert(bytes, random, Buffer.alloc(random.between(1, 64), random.pick(meaningful))),
  // Repeats a part at another position.
  (bytes, random) => insert(bytes, random, cut(bytes, random)),
  (bytes, random) => {
    const start = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + random.between(1, 16))]);
  },
  // Writes a number where a length may be.
  (bytes, random) => {
    if (bytes.length < 4) return bytes;
    bytes.writeUInt32BE(
      random.pick([0, 1, 2, 5, 6, 4_096, 4_097, 262_144, 262_145, 0x7fff_ffff, 0xffff_ffff]),
      random.below(bytes.length - 3),
    );
    return bytes;
  },
];

/** @param {Buffer} bytes @param {Random} random @param {(byte: number) => number} change */
function set(bytes, random, change) {
  const index = random.below(bytes.length);
  if (bytes.length > 0) bytes[index] = change(bytes[index] ?? 0);
  return bytes;
}

/** @param {Buffer} bytes @param {Random} random @param {Buffer} part */
function insert(bytes, random, part) {
  const index = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, index), part, bytes.subarray(index)]);
}

/** @param {Buffer} bytes @param {Random} random */
function cut(bytes, random) {
  const start = random.below(bytes.length + 1);
  return bytes.subarray(start, start + random.between(1, 64));
}
