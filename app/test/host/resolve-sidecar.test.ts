import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPackageWithOptions, listPackage } from '@electron/asar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveSidecar } from '../../src/host/resolve-sidecar.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'resolve-sidecar-'));
});

afterEach(() => rm(root, { recursive: true }));

describe('in development', () => {
  test('a path relative to the module that asks', async () => {
    const entry = await put('out/sidecar/index.js');
    const from = pathToFileURL(join(root, 'out/main/index.js')).href;
    expect(resolveSidecar('../sidecar/index.js', { from })).toBe(entry);
  });

  test('an absolute path and a file URL', async () => {
    const entry = await put('sidecar.js');
    expect(resolveSidecar(entry, { from: join(root, 'main.js') })).toBe(entry);
    expect(resolveSidecar(pathToFileURL(entry), { from: join(root, 'main.js') })).toBe(entry);
  });

  test("a package's module", async () => {
    await put('node_modules/@my/sidecar/package.json', '{ "exports": { "./entry": "./dist/entry.js" } }');
    const entry = await put('node_modules/@my/sidecar/dist/entry.js');
    expect(resolveSidecar('@my/sidecar/entry', { from: join(root, 'main.js') })).toBe(entry);
  });

  test('the first of several that exists', async () => {
    const entry = await put('build/sidecar.js');
    expect(resolveSidecar(['./sidecar.js', './build/sidecar.js'], { from: join(root, 'main.js') })).toBe(entry);
  });

  test('an entry that is nowhere is told with every place looked at', () => {
    const from = join(root, 'main.js');
    expect(() => resolveSidecar(['./a.js', './b.js'], { from })).toThrow(
      expect.objectContaining({
        code: 'ERR_SIDECAR_ENTRY',
        message: expect.stringContaining(`${join(root, 'a.js')}, ${join(root, 'b.js')}`),
      }),
    );
  });
});

describe('in a bundle', () => {
  test.each([{}, { from: '' }])('%o, as bundlers leave import.meta.url, is told with what to do', (options) => {
    expect(() => Reflect.apply(resolveSidecar, undefined, ['./sidecar.js', options])).toThrow(
      expect.objectContaining({
        code: 'ERR_SIDECAR_CONFIG',
        message:
          "resolveSidecar(): 'from' is empty, as bundlers that make CommonJS leave import.meta.url. Define it for the bundler, or pass __filename (docs/BUNDLERS.md).",
      }),
    );
  });

  test("the place that a source had, in 'from', is told where nothing is found", () => {
    const from = pathToFileURL(join(root, 'src/main.js')).href;
    expect(() => resolveSidecar('./sidecar.js', { from })).toThrow(
      expect.objectContaining({
        code: 'ERR_SIDECAR_ENTRY',
        message: expect.stringContaining(`'from' is ${join(root, 'src/main.js')}, where nothing is`),
      }),
    );
  });
});

describe('in a packaged app', () => {
  test('an entry inside app.asar', async () => {
    const archive = await pack();
    const exists = likeElectron(archive);
    const entry = join(archive, 'out/sidecar/index.js');
    expect(resolveSidecar('../sidecar/index.js', { from: join(archive, 'out/main/index.js'), exists })).toBe(entry);
  });

  test('an unpacked entry keeps its place in the archive, where Electron finds it', async () => {
    const archive = await pack('**/sidecar/**');
    const exists = likeElectron(archive);
    const from = join(archive, 'out/main/index.js');
    expect(resolveSidecar('../sidecar/index.js', { from, exists })).toBe(join(archive, 'out/sidecar/index.js'));
  });

  test('an unpacked entry is a file of its own for a launcher that needs one', async () => {
    const archive = await pack('**/sidecar/**');
    const exists = likeElectron(archive);
    const from = join(archive, 'out/main/index.js');
    const entry = join(`${archive}.unpacked`, 'out/sidecar/index.js');
    expect(resolveSidecar('../sidecar/index.js', { from, exists, unpacked: true })).toBe(entry);
  });

  test('a module outside Electron finds the unpacked entry', async () => {
    const archive = await pack('**/sidecar/**');
    const entry = join(`${archive}.unpacked`, 'out/sidecar/index.js');
    expect(resolveSidecar('../sidecar/index.js', { from: join(archive, 'out/main/index.js'), unpacked: true })).toBe(
      entry,
    );
  });

  test('a launcher that needs a real file is told when the entry is inside the archive only', async () => {
    const archive = await pack();
    const from = join(archive, 'out/main/index.js');
    const resolve = (): string =>
      resolveSidecar('../sidecar/index.js', { from, unpacked: true, exists: likeElectron(archive) });
    expect(resolve).toThrow(
      expect.objectContaining({ code: 'ERR_SIDECAR_ENTRY', message: expect.stringContaining('asarUnpack') }),
    );
  });
});

async function put(path: string, text = ''): Promise<string> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  return full;
}

/** A real archive with a main module and a sidecar. */
async function pack(unpack?: string): Promise<string> {
  await put('app/out/main/index.js');
  await put('app/out/sidecar/index.js');
  const archive = join(root, 'resources/app.asar');
  await createPackageWithOptions(join(root, 'app'), archive, unpack === undefined ? {} : { unpack });
  return archive;
}

/** Electron's fs looks into archives. */
function likeElectron(archive: string): (path: string) => boolean {
  const listed = new Set(listPackage(archive, { isPack: false }));
  return (path) => (path.startsWith(archive + sep) ? listed.has(path.slice(archive.length)) : existsSync(path));
}
