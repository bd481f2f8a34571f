/** A picture of an animation: a still WebP picture, and for how long it is shown, in milliseconds. */
export interface Frame {
  readonly webp: Buffer;
  readonly duration: number;
}

/** The first twelve bytes of a still picture are its container's, which the animation has once. */
const CONTAINER = 12;

/** Joins still WebP pictures of the same size to an animation that runs for ever. */
export function packAnimation(frames: readonly Frame[], { width, height }: { width: number; height: number }): Buffer {
  const header = Buffer.alloc(10);
  // This file is animated.
  header.writeUInt8(0b10, 0);
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  const loop = Buffer.alloc(6);
  const pictures = frames.map(({ webp, duration }) => {
    const place = Buffer.alloc(16);
    place.writeUIntLE(width - 1, 6, 3);
    place.writeUIntLE(height - 1, 9, 3);
    place.writeUIntLE(duration, 12, 3);
    // Each replaces the one before as a whole.
    place.writeUInt8(0b10, 15);
    return chunk('ANMF', Buffer.concat([place, imageChunk(webp)]));
  });
  const content = Buffer.concat([Buffer.from('WEBP'), chunk('VP8X', header), chunk('ANIM', loop), ...pictures]);
  return chunk('RIFF', content);
}

/** The part of a still picture that has its pixels. */
function imageChunk(webp: Buffer): Buffer {
  for (let at = CONTAINER; at + 8 <= webp.length;) {
    const length = webp.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (['VP8 ', 'VP8L'].includes(webp.toString('latin1', at, at + 4))) return webp.subarray(at, end);
    at = end;
  }
  throw new Error('This is no WebP picture.');
}

/** A chunk has an even length, and its own length without that filling. */
function chunk(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(name), length, content, Buffer.alloc(content.length % 2)]);
}
