import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Thumbnail, ThumbnailItem, ThumbnailRefusal, ThumbnailsInput } from '#contracts/files';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { thumbnails } from '../../dist/files/thumbnails.js';
import { streamContext } from './helpers/contexts.ts';
import { makeAnimated, makeHuge, makeImage, makeImages, makeTurned } from './helpers/images.ts';
import { makeFolder, rawPath } from './helpers/temp-folder.ts';

let images: Record<string, Buffer>;
let png: Buffer;
let dot: Buffer;

beforeAll(async () => {
  images = await makeImages();
  png = await makeImage('png', { width: 40, height: 30 });
  dot = await makeImage('png', { width: 4, height: 3 });
});

interface Made {
  readonly items: readonly ThumbnailItem[];
  readonly thumbnails: readonly Thumbnail[];
  readonly refusals: readonly ThumbnailRefusal[];
  readonly end: ThumbnailItem | undefined;
}

async function make(root: string, input: Omit<Partial<ThumbnailsInput>, 'root'> = {}): Promise<Made> {
  const items: ThumbnailItem[] = [];
  for await (const item of thumbnails({ root, ...input }, streamContext())) items.push(item);
  return {
    items,
    thumbnails: items.flatMap((item) => (item.type === 'thumbnail' ? [item] : [])),
    refusals: items.flatMap((item) => (item.type === 'refusal' ? [item] : [])),
    end: items.at(-1),
  };
}

function codes({ refusals }: Made): Record<string, string> {
  return Object.fromEntries(refusals.map(({ path, code }) => [path, code]));
}

test('images of every kind become WebP thumbnails in the order of their paths, with both sizes', async () => {
  const root = makeFolder({ ...images, 'notes.txt': 'no image', 'sub/Z.PNG': png, 'sub/.b.png': png });
  const made = await make(root, { size: 100 });
  expect(made.refusals).toEqual([]);
  expect(made.thumbnails.map(({ path }) => path)).toEqual([
    ...Object.keys(images).toSorted(),
    'sub/.b.png',
    'sub/Z.PNG',
  ]);
  for (const { path, bytes, width, height, imageWidth, imageHeight } of made.thumbnails) {
    const isSmall = path.startsWith('sub/');
    expect([imageWidth, imageHeight]).toEqual(isSmall ? [40, 30] : [400, 300]);
    expect([width, height]).toEqual(isSmall ? [40, 30] : [100, 75]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width, height });
  }
  expect(made.items[0]).toMatchObject({ type: 'progress' });
  expect(made.end).toMatchObject({ type: 'end', found: 8, done: 8, refused: 0 });
});

test('without recursive the folders below are left out; each image as soon as it is made, with sort: none', async () => {
  const root = makeFolder({ 'big.png': await makeImage('png', { width: 1_000, height: 1_000 }), 'a/b.png': png });
  for (let index = 0; index < 130; index += 1) writeFileSync(join(root, `small ${index}.png`), dot);
  const shallow = await make(root, { recursive: false });
  expect(shallow.end).toMatchObject({ found: 131, done: 131, refused: 0 });
  expect(shallow.thumbnails[0]?.path).toBe('big.png');
  const unsorted = await make(root, { sort: 'none' });
  expect(unsorted.end).toMatchObject({ found: 132, done: 132 });
  expect(unsorted.thumbnails.map(({ path }) => path).toSorted()).toEqual(
    [...shallow.thumbnails.map(({ path }) => path), 'a/b.png'].toSorted(),
  );
});

test('an image is turned as its EXIF orientation says, and an animated one shows its first frame', async () => {
  const root = makeFolder({ 'animated.gif': await makeAnimated(), 'turned.jpg': await makeTurned() });
  const [animated, turned] = (await make(root, { size: 64 })).thumbnails;
  expect(turned).toMatchObject({ imageWidth: 40, imageHeight: 80, width: 32, height: 64 });
  const pixel = async (thumbnail: Thumbnail | undefined, top: number): Promise<string> => {
    const area = { left: 16, top, width: 1, height: 1 };
    const [red = 0, , blue = 0] = await sharp(thumbnail?.bytes).extract(area).removeAlpha().raw().toBuffer();
    return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : `${red}, ${blue}`;
  };
  expect([await pixel(turned, 5), await pixel(turned, 58)]).toEqual(['red', 'blue']);
  expect(await pixel(animated, 5)).toBe('red');
  const metadata = await sharp(animated?.bytes).metadata();
  expect(metadata.pages ?? 1).toBe(1);
});

test('what is damaged, cut off, huge, no image or of another kind is refused with a reason, and the others are made', async () => {
  const cut = Object.fromEntries(
    Object.entries(images).map(([name, bytes]) => [`cut ${name}`, bytes.subarray(0, bytes.length / 2)]),
  );
  const damaged = Buffer.from(png);
  damaged.fill(0x55, 50, 120);
  const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);
  const root = makeFolder({
    ...cut,
    'damaged.png': damaged,
    'drawing.svg': svg,
    'empty.png': '',
    'good.png': png,
    'huge.png': makeHuge(png),
    'large.png': png,
    'photo.heic': heic,
    'svg.png': svg,
    'text.jpg': 'no image',
  });
  truncateSync(join(root, 'large.png'), 65 * 1024 * 1024);
  const made = await make(root);
  expect(made.thumbnails.map(({ path }) => path)).toEqual(['good.png']);
  expect(codes(made)).toEqual({
    ...Object.fromEntries(Object.keys(cut).map((name) => [name, 'ECORRUPT'])),
    'damaged.png': 'ECORRUPT',
    'drawing.svg': 'EKIND',
    'empty.png': 'EKIND',
    'huge.png': 'EPIXELS',
    'large.png': 'EFBIG',
    'photo.heic': 'EKIND',
    'svg.png': 'EKIND',
    'text.jpg': 'EKIND',
  });
  const reasons = Object.fromEntries(made.refusals.map(({ path, reason }) => [path, reason]));
  expect(reasons['huge.png']).toBe('it has more than 100 million pixels');
  expect(reasons['large.png']).toBe('the file has 65 MiB, and at most 64 MiB are read');
  expect(reasons['svg.png']).toMatch(/^it is an SVG, .+; only JPEG, PNG, WebP, GIF, AVIF and TIFF are read$/);
  expect(reasons['cut a jpeg.jpeg']).toBe('it is damaged or incomplete');
  expect(made.end).toMatchObject({ found: 15, done: 1, refused: 14 });
});

test('named images are made again, but none outside the root', async () => {
  const outside = makeFolder({ 'secret.png': png });
  const root = makeFolder({ 'a.png': png, 'sub/b.png': png });
  const refused = ['../x.png', join(outside, 'secret.png'), 'sub/../../x.png', '.'];
  const made = await make(root, { images: ['sub/b.png', ...refused, 'gone.png', 'a.png'] });
  expect(made.thumbnails.map(({ path }) => path)).toEqual(['sub/b.png', 'a.png']);
  expect(codes(made)).toEqual({
    ...Object.fromEntries(refused.map((path) => [path, 'EOUTSIDE'])),
    'gone.png': 'ENOENT',
  });
  expect(made.end).toMatchObject({ found: 7, done: 2, refused: 5 });
});

test('a symlink leads nowhere outside the root, named or found', async () => {
  onlyUnix('links');
  const outside = makeFolder({ 'secret.png': png });
  const root = makeFolder({ 'a.png': png, 'sub/b.png': png });
  symlinkSync(outside, join(root, 'way'));
  symlinkSync(join(outside, 'secret.png'), join(root, 'link.png'));
  const named = await make(root, { images: ['way/secret.png', 'link.png'] });
  expect(codes(named)).toEqual({ 'way/secret.png': 'EOUTSIDE', 'link.png': 'EOUTSIDE' });
  expect(named.thumbnails).toEqual([]);
  // Found in the list, a symlink is no file, and a folder behind one is not entered.
  expect((await make(root)).thumbnails.map(({ path }) => path)).toEqual(['a.png', 'sub/b.png']);
});

test('names that are not UTF-8 come as bytes, and lead back to their images', async () => {
  const root = makeFolder();
  writeFileSync(rawPath(root, '\xff.png'), png);
  const [found] = (await make(root)).thumbnails;
  expect(found).toMatchObject({ path: '\uFFFD.png', pathBytes: Buffer.from('\xff.png', 'latin1') });
  const again = await make(root, { images: found?.pathBytes === undefined ? [] : [found.pathBytes] });
  expect(again.thumbnails).toHaveLength(1);
});

test('a root that is missing or no folder fails the task, and one without images is done at once', async () => {
  const root = makeFolder({ 'file.txt': '' });
  await expect(make(join(root, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(make(join(root, 'file.txt'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  expect((await make(root)).end).toMatchObject({ found: 0, done: 0, refused: 0 });
});

test('a reader that waits or stops, and an abort, end the work', async () => {
  const root = makeFolder();
  for (let index = 0; index < 200; index += 1) writeFileSync(join(root, `${index}.png`), dot);
  const abort = new AbortController();
  const items = thumbnails({ root }, streamContext(abort.signal));
  let first = await items.next();
  while (first.done !== true && first.value.type !== 'thumbnail') first = await items.next();
  const reason = new Error('enough');
  abort.abort(reason);
  await expect(items.next()).rejects.toBe(reason);
  const stopped = thumbnails({ root }, streamContext());
  await stopped.next();
  expect(await stopped.return()).toEqual({ done: true, value: undefined });
  // The library is free again: a call that follows is not held up by what the others had waiting.
  expect((await make(root, { images: ['1.png'] })).end).toMatchObject({ done: 1 });
});
