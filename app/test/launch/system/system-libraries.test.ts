import { expect, test, vi } from 'vitest';

import type { Report } from '../../../src/launch/report.ts';
import type { installLibraries } from '../../../src/launch/system/install-libraries.ts';
import { ensureSystemLibraries, findMissingLibraries } from '../../../src/launch/system/system-libraries.ts';
import { fakeProgram, makeFolder } from '../support.ts';

const asRootOnDebian = { platform: 'linux', isRoot: true, isDebian: async () => true } as const;

const installs = () => vi.fn<typeof installLibraries>().mockResolvedValue('');

function finds(...answers: string[][]) {
  const findMissing = vi.fn<typeof findMissingLibraries>().mockResolvedValue([]);
  for (const answer of answers) findMissing.mockResolvedValueOnce(answer);
  return findMissing;
}

test('where nothing is missing nothing is said or done', async () => {
  const [report, install] = [vi.fn<Report>(), installs()];
  await ensureSystemLibraries('/electron', { ...asRootOnDebian, report, install, findMissing: finds([]) });
  expect(report).not.toHaveBeenCalled();
  expect(install).not.toHaveBeenCalled();
});

test('as root on Debian what is missing gets installed, with one line about it', async () => {
  const [report, install] = [vi.fn<Report>(), installs()];
  const findMissing = finds(['libgtk-3.so.0', 'libnss3.so', 'libcups.so.2', 'libgbm.so.1', 'Xvfb'], []);
  await ensureSystemLibraries('/electron', { ...asRootOnDebian, report, install, findMissing });
  expect(install).toHaveBeenCalledTimes(1);
  expect(report.mock.calls).toEqual([
    [
      'Electron needs libgtk-3.so.0, libnss3.so, libcups.so.2 and 2 more: installing system packages, which takes about a minute, once.',
    ],
  ]);
});

test('an installation that did not help tells what it said', async () => {
  const options = {
    ...asRootOnDebian,
    report: vi.fn<Report>(),
    install: async () => 'E: no space left',
    findMissing: finds(['Xvfb'], ['Xvfb']),
  };
  await expect(ensureSystemLibraries('/electron', options)).rejects.toMatchObject({
    code: 'ERR_LAUNCH_LIBRARIES',
    message: expect.stringContaining('E: no space left'),
  });
});

test('an ordinary user is told the one command', async () => {
  const install = installs();
  const options = { ...asRootOnDebian, isRoot: false, install, findMissing: finds(['libgtk-3.so.0']) };
  await expect(ensureSystemLibraries('/electron', options)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[LaunchError: Electron needs what this system doesn't have: libgtk-3.so.0. Install it with: npx playwright install-deps chromium && sudo apt-get install --yes --no-install-recommends libgtk-3-0]`,
  );
  expect(install).not.toHaveBeenCalled();
});

test('on another Linux no command of Debian is told', async () => {
  const options = { ...asRootOnDebian, isDebian: async () => false, findMissing: finds(['Xvfb']) };
  await expect(ensureSystemLibraries('/electron', options)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[LaunchError: Electron needs what this system doesn't have: Xvfb. Install the packages of your system that contain it: GTK 3, NSS, ALSA, CUPS, GBM, and the X server's Xvfb.]`,
  );
});

test('macOS and Windows bring all there is', async () => {
  const findMissing = finds();
  await ensureSystemLibraries('/electron', { platform: 'darwin', findMissing });
  expect(findMissing).not.toHaveBeenCalled();
});

test('ldd tells what is missing', async () => {
  const ldd = `printf '\\tlibgtk-3.so.0 => not found\\n\\tlibc.so.6 => /lib/libc.so.6 (0x1)\\n\\tlibnss3.so => not found\\n'`;
  const env = await fakeProgram('ldd', ldd);
  await expect(findMissingLibraries('/electron', { needsXvfb: false, env })).resolves.toEqual([
    'libgtk-3.so.0',
    'libnss3.so',
  ]);
});

test('Xvfb counts only where it is needed', async () => {
  const env = { PATH: await makeFolder() };
  await expect(findMissingLibraries('/electron', { needsXvfb: true, env })).resolves.toEqual(['Xvfb']);
  await expect(findMissingLibraries('/electron', { needsXvfb: false, env })).resolves.toEqual([]);
});
