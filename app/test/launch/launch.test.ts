import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';

import { USAGE } from '../../src/launch/arguments.ts';
import { launch } from '../../src/launch/launch.ts';
import { makeFolder } from './support.ts';

const stdout = vi.spyOn(process.stdout, 'write');
const stderr = vi.spyOn(process.stderr, 'write');

beforeEach(() => {
  stdout.mockReset().mockReturnValue(true);
  stderr.mockReset().mockReturnValue(true);
});

const said = (stream: typeof stdout): string => stream.mock.calls.map(([text]) => String(text)).join('');

test('--help prints the usage on stdout and ends well', async () => {
  await expect(launch(['--help'])).resolves.toBe(0);
  expect(said(stdout)).toBe(USAGE);
  expect(said(stderr)).toBe('');
});

test('wrong usage is told on stderr, with the usage, and ends with 2', async () => {
  await expect(launch(['checksum'])).resolves.toBe(2);
  expect(said(stdout)).toBe('');
  expect(said(stderr)).toBe(`ipc-link: PATH is missing.\n\n${USAGE}`);
});

test('an app that is not built is told as such and ends with 1', async () => {
  const appFolder = join(await makeFolder(), 'app');
  await expect(launch(['checksum', '.'], appFolder)).resolves.toBe(1);
  expect(said(stderr)).toBe(`ipc-link: The app ${appFolder} is not built. Run: npm run build\n`);
});
