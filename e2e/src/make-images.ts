import { link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const SIZES: readonly (readonly [number, number])[] = [
  [480, 320],
  [320, 480],
  [400, 400],
  [600, 250],
];

/** A landscape whose colours depend on the number. */
function draw(number: number, [width, height]: readonly [number, number]): Promise<Buffer> {
  const hue = (number * 47) % 360;
  const sun = 20 + ((number * 29) % 60);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 70% 42%)"/><stop offset="1" stop-color="hsl(${hue + 40} 85% 78%)"/></linearGradient>
    <rect width="100" height="100" fill="url(#sky)"/>
    <ellipse cx="${sun}" cy="${30 + (number % 5) * 6}" rx="${700 / (width / 10)}" ry="${700 / (height / 10)}" fill="hsl(${hue + 60} 95% 88%)"/>
    <path d="M0 ${70 - (number % 7)} Q25 ${50 + (number % 9)} 50 72 T100 64 V100 H0 Z" fill="hsl(${hue + 170} 35% 34%)"/>
    <path d="M0 ${84 - (number % 4)} Q35 70 60 ${82 + (number % 6)} T100 80 V100 H0 Z" fill="hsl(${hue + 180} 40% 22%)"/>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}

/** Makes a folder with photos, and with files beside them that are no image or a broken one. @returns Its path. */
export async function makePhotos(folder: string, count: number): Promise<string> {
  const root = join(folder, 'photos');
  await mkdir(join(root, 'inside'), { recursive: true });
  const drawn = await Promise.all(Array.from({ length: 24 }, (_, at) => draw(at, SIZES[at % SIZES.length] ?? [9, 9])));
  for (let at = 0; at < count; at += 1)
    await writeFile(join(root, `photo ${String(at).padStart(4, '0')}.jpg`), drawn[at % drawn.length] ?? '');
  const [first = Buffer.alloc(0)] = drawn;
  await writeFile(join(root, 'inside', 'zebra.jpg'), first);
  await writeFile(join(root, 'broken.jpg'), first.subarray(0, first.length / 2));
  await writeFile(join(root, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(root, 'notes.txt'), 'no image');
  return root;
}

/** Makes a folder with so many photos that their thumbnails take a while. @returns Its path. */
export async function makeManyPhotos(folder: string): Promise<string> {
  const root = join(folder, 'many');
  await mkdir(root);
  const first = join(root, '0.jpg');
  await writeFile(first, await draw(0, [2_400, 1_800]));
  for (let at = 1; at < 2_000; at += 1) await link(first, join(root, `${at}.jpg`));
  return root;
}
