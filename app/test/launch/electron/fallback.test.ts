import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';

import { DEFAULT_APP } from '../../../src/launch/electron/default-app.ts';
import type { fetchTarball } from '../../../src/launch/electron/fallback-package.ts';
import { FALLBACK, useFallback, type FallbackPin } from '../../../src/launch/electron/fallback.ts';
import type { Report } from '../../../src/launch/report.ts';
import { fakeProgram, makeFolder, writeFiles } from '../support.ts';

const WHOLE = {
  'package/their-app': 'ELF',
  'package/chrome_crashpad_handler': '',
  'package/chrome-sandbox': '',
  'package/resources.pak': 'pak',
  'package/resources/app.asar': 'their code',
};

/** A package on a registry of ours: its pin, and the step that brings its tarball. */
async function publish(files: Readonly<Record<string, string>>) {
  const folder = await makeFolder();
  await writeFiles(folder, files);
  const tarball = join(folder, 'their-app.tgz');
  await promisify(execFile)('tar', ['-czf', tarball, '-C', folder, 'package']);
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  const pin: FallbackPin = { electron: '1.2.3', specifier: 'their-app@1.0.0', binary: 'their-app', integrity };
  const fetch = vi.fn<typeof fetchTarball>(async (_, target) => {
    await copyFile(tarball, join(target, 'their-app.tgz'));
    return join(target, 'their-app.tgz');
  });
  return { pin, fetch };
}

const onLinux = { platform: 'linux', arch: 'x64', report: vi.fn<Report>() } as const;

test('an unpacked Electron comes out of it, with our default app in place of theirs', async () => {
  const cache = await makeFolder();
  const { pin, fetch } = await publish(WHOLE);
  const binary = await useFallback({ ...onLinux, pin, fetch, env: { ...process.env, XDG_CACHE_HOME: cache } });

  const folder = join(cache, 'ipc-link', 'electron-1.2.3-linux-x64-1');
  expect(binary).toBe(join(folder, 'electron'));
  await expect(readFile(binary, 'utf8')).resolves.toBe('ELF');
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    expect((await stat(join(folder, program))).mode & 0o777).toBe(0o755);
  }
  await expect(readdir(join(folder, 'resources'))).resolves.toEqual(['app']);
  await expect(readFile(join(folder, 'resources/app/index.js'), 'utf8')).resolves.toBe(DEFAULT_APP);
  expect(new Set(await readdir(folder))).toEqual(
    new Set(['chrome-sandbox', 'chrome_crashpad_handler', 'electron', 'inventory.json', 'resources', 'resources.pak']),
  );
});

test('it is fetched once', async () => {
  const env = { ...process.env, XDG_CACHE_HOME: await makeFolder() };
  const { pin, fetch } = await publish(WHOLE);
  await useFallback({ ...onLinux, pin, fetch, env });
  await useFallback({ ...onLinux, pin, fetch, env });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('a tampered tarball is refused before anything is unpacked', async () => {
  const cache = await makeFolder();
  const unpacked = join(cache, 'tar-was-called');
  const env = { ...(await fakeProgram('tar', `touch '${unpacked}'`)), XDG_CACHE_HOME: cache };
  const { fetch } = await publish(WHOLE);
  await expect(useFallback({ ...onLinux, pin: FALLBACK, fetch, env })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_INTEGRITY',
    message: expect.stringContaining(FALLBACK.integrity),
  });
  await expect(readdir(cache)).resolves.toEqual(['ipc-link']);
  await expect(readdir(join(cache, 'ipc-link'))).resolves.toEqual([]);
});

test('a package that holds something else leaves nothing in the cache', async () => {
  const cache = await makeFolder();
  const { pin, fetch } = await publish({ 'package/index.js': '' });
  await expect(
    useFallback({ ...onLinux, pin, fetch, env: { ...process.env, XDG_CACHE_HOME: cache } }),
  ).rejects.toMatchObject({
    code: 'ERR_LAUNCH_FALLBACK',
    message: 'The pinned fallback holds no their-app.',
  });
  await expect(readdir(join(cache, 'ipc-link'))).resolves.toEqual([]);
});

test.each([
  ['darwin', 'arm64'],
  ['linux', 'arm64'],
  ['win32', 'x64'],
] as const)('on %s-%s there is none', async (platform, arch) => {
  const { pin, fetch } = await publish(WHOLE);
  await expect(useFallback({ platform, arch, report: vi.fn<Report>(), pin, fetch, env: {} })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_FALLBACK',
  });
  expect(fetch).not.toHaveBeenCalled();
});

test('the user is told that it is used', async () => {
  const report = vi.fn<Report>();
  const { pin, fetch } = await publish(WHOLE);
  await useFallback({ ...onLinux, report, pin, fetch, env: { ...process.env, XDG_CACHE_HOME: await makeFolder() } });
  expect(report).toHaveBeenCalledWith(
    "Electron's own download can't be had: using the pinned fallback, Electron 1.2.3.",
  );
});
