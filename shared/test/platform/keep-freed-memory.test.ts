import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';

const fixture = join(import.meta.dirname, '../fixtures/page-faults.mjs');

/** How many pages the kernel cleared in each round of 16 MiB, which two Servers of one process received: they have 8,192 of 4 KiB. */
async function clearedPages(env: NodeJS.ProcessEnv = {}): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const args = ['--expose-gc', fixture, `${folder}/`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout);
}

test('large bodies take memory that earlier ones had, which glibc otherwise returns to the kernel', async () => {
  // With a threshold that is set, glibc learns none.
  const [ours, usual] = await Promise.all([clearedPages(), clearedPages({ MALLOC_TRIM_THRESHOLD_: '131072' })]);
  expect(Math.min(...usual)).toBeGreaterThan(4_000);
  // The first two times glibc learns and its heap grows.
  expect(Math.min(...ours.slice(2))).toBeLessThan(400);
});

test('where there are no addresses left for its block, nothing fails', async () => {
  vi.resetModules();
  const { keepFreedMemory } = await import('../../src/platform/keep-freed-memory.ts');
  const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(() => {
    throw new RangeError('Array buffer allocation failed');
  });
  keepFreedMemory();
  keepFreedMemory();
  expect(allocate).toHaveBeenCalledTimes(1);
  allocate.mockRestore();
});
