import { crc32 } from 'node:zlib';
import sharp from 'sharp';

const KINDS = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;
export type ImageKind = (typeof KINDS)[number];

/** An image whose content does not compress to nothing. */
export async function makeImage(kind: ImageKind, { width = 400, height = 300 } = {}): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: 'black', noise } })
    .toFormat(kind)
    .toBuffer();
}

/** An image of every kind that is read, by a file name with its ending. */
export async function makeImages(): Promise<Record<string, Buffer>> {
  const images = KINDS.map(async (kind) => [`a ${kind}.${kind}`, await makeImage(kind)] as const);
  return Object.fromEntries(await Promise.all(images));
}

/** A JPEG of a red left half and a blue right half, to be turned by 90 degrees clockwise when it is shown. */
export async function makeTurned(): Promise<Buffer> {
  const blue = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'blue' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 80, height: 40, channels: 3, background: 'red' } })
    .composite([{ input: blue, left: 40, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100 })
    .toBuffer();
}

/** A GIF of two frames, red and then blue. */
export async function makeAnimated(): Promise<Buffer> {
  const frames = await Promise.all(
    ['red', 'blue'].map((background) =>
      sharp({ create: { width: 64, height: 64, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}

/** A PNG whose header announces 12,000 times 12,000 pixels. */
export function makeHuge(png: Buffer): Buffer {
  const huge = Buffer.from(png);
  // The header's chunk: 4 bytes of length, its name, its 13 bytes, and the checksum of name and bytes.
  huge.writeUInt32BE(12_000, 16);
  huge.writeUInt32BE(12_000, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  return huge;
}
