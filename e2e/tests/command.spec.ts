import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { APP_FOLDER } from '#launch';
import { expect, test } from '../src/electron-test.ts';
import { makeBigFile, makeTree, sha256sum } from '../src/make-tree.ts';
import { finish } from '../src/finish.ts';
import { runApp, startApp } from '../src/run-app.ts';
import { findDescendants, isRunning } from '../src/sidecar-processes.ts';

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

test('an interrupted checksum leaves an earlier manifest as it was', async ({ folder }) => {
  const root = join(folder, 'big');
  await mkdir(root);
  await makeBigFile(join(root, 'huge'));
  await writeFile(join(folder, 'm'), 'earlier');
  const child = startApp(['checksum', 'big', '--output', 'm'], folder);
  const unfinished = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.startsWith('.m.'));
  await expect.poll(unfinished, { timeout: 20_000 }).toHaveLength(1);
  child.kill('SIGTERM');
  const { code } = await finish(child);
  expect(code).toBe(143);
  expect((await readdir(folder)).toSorted()).toEqual(['big', 'm']);
  expect(await readFile(join(folder, 'm'), 'utf8')).toBe('earlier');
});

test('search prints a line once', async ({ folder }) => {
  await makeTree(folder);
  const found = await runApp(['search', 'tree', 'needle', '--hidden', '--sort', 'path'], folder);
  expect(found.stdout.split('\n')).toEqual([
    'a.txt:2:18:second line with needle',
    'deep/.hidden folder/file.md:1:3:# needle',
    'deep/.hidden folder/file.md:3:1:needle needle',
    'line',
    'break.txt:1:1:needle in an odd name',
    '',
  ]);
  expect(found.code).toBe(0);
});

test('a stdout that is closed is told', async ({ folder }) => {
  await makeTree(folder);
  const program = join(APP_FOLDER, 'dist/launch/start.js');
  const { status, stderr } = spawnSync('bash', ['-c', '"$0" "$1" search tree needle >&-', process.execPath, program], {
    env: { ...process.env, INIT_CWD: folder },
  });
  expect(status).toBe(1);
  expect(stderr.toString()).toMatch(/stdout is closed/);
});

test('bad input gets a sentence and the right exit code', async ({ folder }) => {
  const refused: readonly (readonly [args: readonly string[], code: number, sentence: RegExp])[] = [
    [['checksum', 'no such folder'], 1, /no such folder/],
    [['search', '.', 'needle(', '--regex'], 2, /needle\(/],
    [['checksum'], 2, /usage/i],
    [['checksum', 'tree', '--algorithm', 'crc'], 2, /crc/],
    [['frobnicate'], 2, /frobnicate/],
  ];
  for (const [args, code, sentence] of refused) {
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
  await makeBigFile(join(root, 'huge'));
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
