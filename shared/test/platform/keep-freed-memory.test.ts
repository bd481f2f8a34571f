import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { keepFreedMemory } from '../../src/platform/keep-freed-memory.ts';
import { onlyGlibc } from '../support/left-out.ts';

const fixture = join(import.meta.dirname, '../fixtures/page-faults.mjs');
const untaught = { GLIBC_TUNABLES: undefined, MALLOC_MMAP_THRESHOLD_: undefined, MALLOC_TRIM_THRESHOLD_: undefined };

beforeEach(onlyGlibc);

/** How many pages the kernel cleared in each round of 16 MiB, which two Servers of one process received: they have 8,192 of 4 KiB. */
async function clearedPages(env: NodeJS.ProcessEnv): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const args = ['--expose-gc', fixture, `${folder}/`];
  const options = { env: { ...process.env, ...untaught, ...env }, timeout: 25_000 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout);
}

test('large bodies take memory that earlier ones had, which glibc otherwise returns to the kernel', async () => {
  // With a threshold that is set, glibc learns none.
  const [ours, usual] = await Promise.all([clearedPages({}), clearedPages({ MALLOC_TRIM_THRESHOLD_: '131072' })]);
  // The first two times glibc learns and its heap grows.
  expect(4 * Math.max(...ours.slice(2))).toBeLessThan(Math.min(...usual));
});

test('where there are no addresses left for its block, nothing fails', () => {
  const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(() => {
    throw new RangeError('Array buffer allocation failed');
  });
  onTestFinished(() => allocate.mockRestore());
  keepFreedMemory();
  keepFreedMemory();
  expect(allocate).toHaveBeenCalledTimes(1);
});
