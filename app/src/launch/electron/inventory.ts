import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const NAME = 'inventory.json';

/** Writes a list of every file under `folder` with its size, by which a later run finds missing and truncated files. */
export async function writeInventory(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(
    files.map(async (file): Promise<[string, number]> => [relative(folder, file), (await stat(file)).size]),
  );
  await writeFile(join(folder, NAME), JSON.stringify(Object.fromEntries(sizes)));
}

/** Whether `folder` still has all files that {@link writeInventory} listed, at their sizes; `false` where there is no list. */
export async function matchesInventory(folder: string): Promise<boolean> {
  try {
    const inventory: unknown = JSON.parse(await readFile(join(folder, NAME), 'utf8'));
    if (typeof inventory !== 'object' || inventory === null) return false;
    const sizes = await Promise.all(
      Object.entries(inventory).map(async ([file, size]) => (await stat(join(folder, file))).size === size),
    );
    return sizes.length > 0 && sizes.every(Boolean);
  } catch {
    return false;
  }
}
