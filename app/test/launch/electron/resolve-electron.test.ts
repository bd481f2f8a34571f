import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';

import { downloadError, fallbackFetchError, integrityError } from '../../../src/launch/errors.ts';
import { resolveElectron, type ElectronStep } from '../../../src/launch/electron/resolve-electron.ts';
import type { Report } from '../../../src/launch/report.ts';
import { makeFolder, writeFiles } from '../support.ts';

const gives = (path: string) => vi.fn<ElectronStep>(async () => path);
const fails = (error: Error) => vi.fn<ElectronStep>().mockRejectedValue(error);
const never = () => fails(new Error('must not be called'));

const env = {};
const report = vi.fn<Report>();

describe('the order', () => {
  test('the override folder comes first and nothing is fetched', async () => {
    const folder = await makeFolder();
    await writeFiles(folder, { electron: '' });
    const [download, fallback] = [never(), never()];
    await expect(
      resolveElectron({ env: { ELECTRON_OVERRIDE_DIST_PATH: folder }, platform: 'linux', download, fallback }),
    ).resolves.toEqual({ path: join(folder, 'electron'), origin: 'override' });
    expect(download).not.toHaveBeenCalled();
    expect(fallback).not.toHaveBeenCalled();
  });

  test.each([
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
    ['win32', 'electron.exe'],
  ] as const)('on %s the override folder holds %s', async (platform, binary) => {
    const folder = await makeFolder();
    await writeFiles(folder, { [binary]: '' });
    const { path } = await resolveElectron({ env: { ELECTRON_OVERRIDE_DIST_PATH: folder }, platform });
    expect(path).toBe(join(folder, binary));
  });

  test("Electron's own download comes second", async () => {
    const fallback = never();
    await expect(resolveElectron({ env, report, download: gives('/own/electron'), fallback })).resolves.toEqual({
      path: '/own/electron',
      origin: 'download',
    });
    expect(fallback).not.toHaveBeenCalled();
  });

  test('the fallback comes last', async () => {
    await expect(
      resolveElectron({ env, report, download: fails(downloadError('no route')), fallback: gives('/cache/electron') }),
    ).resolves.toEqual({ path: '/cache/electron', origin: 'fallback' });
  });
});

describe('what goes wrong', () => {
  test('an override folder without Electron is an error, not a reason to look elsewhere', async () => {
    const folder = await makeFolder();
    const result = resolveElectron({
      env: { ELECTRON_OVERRIDE_DIST_PATH: folder },
      platform: 'linux',
      download: never(),
      fallback: never(),
    });
    await expect(result).rejects.toMatchObject({
      code: 'ERR_LAUNCH_OVERRIDE',
      message: expect.stringContaining(join(folder, 'electron')),
    });
  });

  test('when both downloads fail, the error tells both reasons and the way out', async () => {
    const result = resolveElectron({
      env,
      report,
      download: fails(downloadError('no route to the host')),
      fallback: fails(fallbackFetchError('E404')),
    });
    await expect(result).rejects.toMatchObject({ code: 'ERR_LAUNCH_NO_ELECTRON' });
    await expect(result).rejects.toThrowErrorMatchingInlineSnapshot(`
      [LaunchError: There is no Electron to run.
        Electron's own download failed: no route to the host
        The pinned fallback could not be fetched: E404
      Check the network, proxy and registry settings, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.]
    `);
  });

  test('a tampered fallback is reported as such', async () => {
    const refusal = integrityError('/tmp/x.tgz', { expected: 'sha512-a', actual: 'sha512-b' });
    const result = resolveElectron({
      env,
      report,
      download: fails(downloadError('no route')),
      fallback: fails(refusal),
    });
    await expect(result).rejects.toBe(refusal);
  });

  test('an abort during the download does not go on to the fallback', async () => {
    const reason = new Error('stop');
    const fallback = never();
    await expect(resolveElectron({ env, report, download: fails(reason), fallback })).rejects.toBe(reason);
    expect(fallback).not.toHaveBeenCalled();
  });
});
