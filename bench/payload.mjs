/** The values that every peer sends. They are the same for all. */

/** 120 bytes as JSON. It has no `id` of its own: with ipc-link that would name the request. */
export const smallObject = Object.freeze({
  kind: 'thumbnail',
  path: '/home/user/pictures/2026/11/IMG_20261104_1932.jpeg',
  width: 320,
  height: 240,
  quality: 0.82,
});

export const SMALL_OBJECT_BYTES = 120;
export const MEBIBYTE = 1_048_576;
/** Number of items of a stream. */
export const ITEMS = 100_000;

/** Creates bytes in which every byte value occurs. @param {number} length */
export function createBytes(length) {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let index = 0; index < length; index++) bytes[index] = (index * 2_654_435_761) >>> 13;
  return bytes;
}

/** A mebibyte of every byte, for a page. */
export function createMebibyte() {
  return Uint8Array.from({ length: MEBIBYTE }, (_, index) => index);
}
