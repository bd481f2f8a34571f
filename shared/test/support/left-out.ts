import { existsSync } from 'node:fs';
import { type RunnerTestCase, TestRunner } from 'vitest';

/** What Windows does not have, or does in another way, so that a test of it has nothing to test there. */
const ofUnix = {
  socketFiles: 'a pipe of Windows is no file: it has no folder, no mode, and does not outlive its process',
  signals: 'Windows can end a process, and knows no other signal',
  modes: 'Windows has no modes of files',
  links: 'on Windows only an administrator makes symbolic links',
  codes: 'Windows has other codes for these failures, and other limits',
  python: 'sidecars in Python connect to sockets, and to no pipe of Windows',
  nats: 'the tests install the NATS server of Debian',
  names: 'Windows allows no such names of files',
  longPaths: 'Windows changes into no folder whose path has more than 260 characters',
  specialFiles: 'Windows has no files that are pipes or devices',
  proc: 'Windows has no /proc, and the test reads it',
  openssl: 'the tests make their certificates with openssl, which Windows does not have',
  glib: 'sharp is WebAssembly in Electron on Linux alone, where Electron has the GLib of the system',
  coreutils: 'the test compares with programs that Windows does not have',
} as const;

/** What Windows does or has, and Wine 8 does in another way or has not. */
const ofWindows = {
  longArguments: 'Wine starts a program with longer arguments than Windows allows',
  secondListener: 'Wine lets a second process listen at a name that is taken, which Windows refuses',
} as const;

const isWindows = process.platform === 'win32';
const isWine = isWindows && existsSync('C:\\windows\\system32\\winecfg.exe');

/** Leaves the test that runs out on Windows; in a `beforeEach` each of the suite. `npm run test:windows` prints the reasons. */
export function onlyUnix(reason: keyof typeof ofUnix): void {
  if (isWindows) leaveOut(ofUnix[reason]);
}

/** Leaves the test that runs out under Wine; in a `beforeEach` each of the suite. */
export function notInWine(reason: keyof typeof ofWindows): void {
  if (isWine) leaveOut(ofWindows[reason]);
}

/** Leaves the test that runs out where the C library is no glibc: on Windows, macOS and Alpine. */
export function onlyGlibc(): void {
  const { header }: { header?: { glibcVersionRuntime?: string } } = process.report.getReport();
  if (header?.glibcVersionRuntime === undefined) leaveOut('only glibc has to be made to keep memory that was freed');
}

function leaveOut(reason: string): never {
  const test = TestRunner.getCurrentTest<RunnerTestCase | undefined>();
  if (test === undefined) throw new TypeError('Only a test that runs can be left out.');
  return test.context.skip(reason);
}
