import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../src/electron-test.ts';
import { makeBigFile, makeTree, sha256sum } from '../src/make-tree.ts';
import { finish, runApp, startApp } from '../src/run-app.ts';
import { findDescendants, isRunning } from '../src/sidecar-processes.ts';

const GIB = 1_073_741_824;

test('checksum prints what sha256sum prints', async ({ folder }) => {
  const root = await makeTree(folder);
  const { code, stdout, stderr } = await runApp(['checksum', 'tree'], folder);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: await sha256sum(root), stderr: '' });
});

test('checksum writes the manifest to a file', async ({ folder }) => {
  const root = await makeTree(folder);
  const { code, stdout } = await runApp(['checksum', root, '--output', 'manifest'], folder);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(await readFile(join(folder, 'manifest'), 'utf8')).toBe(await sha256sum(root));
});

test('search prints matches, and exits with 1 when there are none', async ({ folder }) => {
  await makeTree(folder);
  const found = await runApp(['search', 'tree', 'needle'], folder);
  expect(found.stdout).toContain('a.txt:2:18:second line with needle\n');
  expect(found.stdout.split('\n')).toHaveLength(6 + 1);
  expect(found.code).toBe(0);
  const missing = await runApp(['search', 'tree', 'no such text'], folder);
  expect(missing).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('no match') });
});

test('bad input gets a sentence and the right exit code', async ({ folder }) => {
  await makeTree(folder);
  await mkdir(join(folder, 'nothing'));
  await writeFile(join(folder, 'a file'), '');
  const cases: readonly (readonly [args: readonly string[], code: number, sentence: RegExp])[] = [
    [['checksum', 'no such folder'], 1, /no such folder/],
    [['checksum', 'a file'], 1, /a file/],
    [['checksum', 'nothing'], 0, /holds no files/],
    [['search', 'tree', 'needle(', '--regex'], 2, /needle\(/],
    [['checksum'], 2, /usage/i],
    [['checksum', 'tree', '--algorithm', 'md5'], 2, /md5/],
    [['frobnicate'], 2, /frobnicate/],
  ];
  for (const [args, code, sentence] of cases) {
    const finished = await runApp(args, folder);
    expect({ args, code: finished.code, stdout: finished.stdout }).toEqual({ args, code, stdout: '' });
    expect(finished.stderr).toMatch(sentence);
    expect(finished.stderr).not.toMatch(/^\s+at /m);
  }
});

test('a reader that leaves early ends the search quietly', async ({ folder }) => {
  const root = join(folder, 'many');
  await mkdir(root);
  await writeFile(join(root, 'lines'), 'needle\n'.repeat(500_000));
  const child = startApp(['search', root, 'needle'], folder);
  child.stdout?.once('data', () => child.stdout?.destroy());
  const { code, stderr } = await finish(child);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('Ctrl-C ends the app, and the sidecar is gone within 2 s', async ({ folder }) => {
  const root = join(folder, 'big');
  await mkdir(root);
  await makeBigFile(join(root, 'huge'), 500 * GIB);
  const child = startApp(['checksum', root], folder);
  const finished = finish(child);
  let below: number[] = [];
  await expect
    .poll(async () => (below = await findDescendants(child.pid ?? 0)).length, { timeout: 20_000 })
    .toBeGreaterThan(3);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(130);
  await expect
    .poll(async () => (await Promise.all(below.map(isRunning))).filter(Boolean).length, { timeout: 2_000 })
    .toBe(0);
  expect((await finished).stdout).toBe('');
});
