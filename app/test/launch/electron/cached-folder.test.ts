import { mkdir, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';

import { useCachedFolder } from '../../../src/launch/electron/cached-folder.ts';
import { makeFolder } from '../support.ts';

const builds = (text: string) =>
  vi.fn<(folder: string) => Promise<void>>(async (folder) => writeFile(join(folder, 'electron'), text));

async function makeCache(): Promise<{ cache: string; folder: string }> {
  const cache = join(await makeFolder(), 'cache');
  return { cache, folder: join(cache, 'electron-1') };
}

test('it is built once and used again', async () => {
  const { folder } = await makeCache();
  const build = builds('one');
  await useCachedFolder(folder, build);
  await useCachedFolder(folder, build);
  expect(build).toHaveBeenCalledTimes(1);
  await expect(readFile(join(folder, 'electron'), 'utf8')).resolves.toBe('one');
});

describe('a damaged folder is built again', () => {
  test.each([
    ['its file is gone', (folder: string) => rm(join(folder, 'electron'))],
    ['its file is cut short', (folder: string) => truncate(join(folder, 'electron'), 1)],
    ['its inventory is gone', (folder: string) => rm(join(folder, 'inventory.json'))],
    ['its inventory is no inventory', (folder: string) => writeFile(join(folder, 'inventory.json'), '{}')],
  ])('%s', async (_, damage) => {
    const { cache, folder } = await makeCache();
    await useCachedFolder(folder, builds('one'));
    await damage(folder);
    await useCachedFolder(folder, builds('two'));
    await expect(readFile(join(folder, 'electron'), 'utf8')).resolves.toBe('two');
    await expect(readdir(cache)).resolves.toEqual(['electron-1']);
  });
});

test('a build that fails leaves nothing', async () => {
  const { cache, folder } = await makeCache();
  const failure = new Error('no network');
  const build = async (partial: string) => {
    await builds('half')(partial);
    throw failure;
  };
  await expect(useCachedFolder(folder, build)).rejects.toBe(failure);
  await expect(readdir(cache)).resolves.toEqual([]);
});

test('nothing is to be seen under the final name before it is complete', async () => {
  const { cache, folder } = await makeCache();
  await useCachedFolder(folder, async (partial) => {
    await builds('one')(partial);
    expect(await readdir(cache)).not.toContain('electron-1');
  });
});

test('of two runs at once both get the whole folder, and nothing else is left', async () => {
  const { cache, folder } = await makeCache();
  let meet = (): void => {};
  const bothHere = new Promise<void>((resolve) => (meet = resolve));
  let count = 0;
  const build = async (partial: string) => {
    if (++count === 2) meet();
    await bothHere;
    await builds('same')(partial);
  };
  await Promise.all([useCachedFolder(folder, build), useCachedFolder(folder, build)]);
  await expect(readFile(join(folder, 'electron'), 'utf8')).resolves.toBe('same');
  await expect(readdir(cache)).resolves.toEqual(['electron-1']);
});

test('what a killed run left behind goes after a day, what may still be under way stays', async () => {
  const { cache, folder } = await makeCache();
  const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
  await mkdir(join(cache, '.partial-old'), { recursive: true });
  await utimes(join(cache, '.partial-old'), yesterday, yesterday);
  await mkdir(join(cache, '.partial-new'));
  await useCachedFolder(folder, builds('one'));
  await expect(readdir(cache)).resolves.toEqual(['.partial-new', 'electron-1']);
});

test('a cache that cannot be written is named, with the way out', async () => {
  const file = join(await makeFolder(), 'file');
  await writeFile(file, '');
  const result = useCachedFolder(join(file, 'cache', 'electron-1'), builds('one'));
  await expect(result).rejects.toMatchObject({
    code: 'ERR_LAUNCH_CACHE',
    message: expect.stringContaining('XDG_CACHE_HOME'),
  });
});
