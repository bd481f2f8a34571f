/** Pictures as PNG, by the length of their edge in pixels. */
export type Pictures = ReadonlyMap<number, Buffer>;

/** Apple's names of the pictures in an icon file; those that end in a size of 2x are for screens with twice the pixels. */
const appleTypes = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1_024],
] as const;

/** Makes an icon file of macOS: a header, and each picture behind its type and length. */
export function packIcns(pictures: Pictures): Buffer {
  const entries = appleTypes.map(([type, size]) => withHeader(type, pictureOf(pictures, size)));
  return withHeader('icns', Buffer.concat(entries));
}

function withHeader(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(8 + content.length);
  return Buffer.concat([Buffer.from(type), length, content]);
}

/** Makes an icon file of Windows: a directory, and then the pictures. */
export function packIco(pictures: Pictures): Buffer {
  const chosen = [16, 32, 48, 64, 128, 256].map((size) => ({ size, png: pictureOf(pictures, size) }));
  const directory = Buffer.alloc(6 + 16 * chosen.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(chosen.length, 4);
  let place = directory.length;
  for (const [index, { size, png }] of chosen.entries()) {
    const at = 6 + 16 * index;
    // An edge of 256 is written as 0.
    directory.writeUInt8(size % 256, at);
    directory.writeUInt8(size % 256, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(place, at + 12);
    place += png.length;
  }
  return Buffer.concat([directory, ...chosen.map(({ png }) => png)]);
}

function pictureOf(pictures: Pictures, size: number): Buffer {
  const png = pictures.get(size);
  if (png === undefined) throw new Error(`There is no picture of ${size} pixels.`);
  return png;
}
