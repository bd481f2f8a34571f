/** What one image may cost. An image beyond any of these is refused. */

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES: number = 64 * 1024 * 1024;

/**
 * Most pixels of an image, and of all images that are decoded at the same time: some 400 MB. A small file may announce any number
 * of pixels, and decoding it takes memory for all of them.
 */
export const MAX_PIXELS = 100_000_000;

/** Longest time that an image is decoded, in seconds. */
export const MAX_SECONDS = 10;

/**
 * Images that are read and decoded at the same time. Each takes one of the four threads of Node's pool, which must not have all
 * of them, because other calls need it too.
 */
export const IMAGES_AT_ONCE = 3;
