import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { APP_FOLDER } from '#launch';
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

test('a second manifest in the same folder leaves the first one out, and says so', async ({ folder }) => {
  const root = await makeTree(folder);
  await runApp(['checksum', 'tree', '--output', 'tree/manifest'], folder);
  const expected = await readFile(join(root, 'manifest'), 'utf8');
  const { code, stderr } = await runApp(['checksum', 'tree', '--output', 'tree/manifest'], folder);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'checksum: manifest: it is also the output, and was left out\n',
  });
  expect(await readFile(join(root, 'manifest'), 'utf8')).toBe(expected);
});

test('an interrupted checksum leaves an earlier manifest as it was', async ({ folder }) => {
  const root = join(folder, 'big');
  await mkdir(root);
  await makeBigFile(join(root, 'huge'), 500 * GIB);
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

test('several digests of files and lists are made in one read', async ({ folder }) => {
  await makeTree(folder);
  const named = await runApp(['checksum', 'tree/a.txt', 'tree/deep', '-a', 'md5', '-a', 'blake2b'], folder);
  const tools = ['md5sum', 'b2sum'].map((tool) => `${tool} --tag "$file"`).join('; ');
  const script = `for file in tree/a.txt 'tree/deep/.hidden folder/file.md'; do ${tools}; done`;
  expect(named.stdout).toBe(execFileSync('bash', ['-c', script], { cwd: folder }).toString());
  const listed = startApp(['checksum', '-', '-a', 'md5'], folder, 'pipe');
  listed.stdin?.end('tree/a.txt\0tree/gone\0');
  expect(await finish(listed)).toEqual({
    code: 1,
    stdout: execFileSync('md5sum', ['tree/a.txt'], { cwd: folder }).toString(),
    stderr: 'checksum: tree/gone: no such file or directory\n',
  });
});

test('a manifest is checked as sha256sum does, and new files are told', async ({ folder }) => {
  const root = await makeTree(folder);
  await writeFile(join(folder, 'm'), `${await sha256sum(root)}nonsense\n`);
  await writeFile(join(root, 'a.txt'), 'changed');
  await rename(join(root, 'B.txt'), join(root, 'renamed'));
  const theirs = spawnSync('sha256sum', ['--check', '../m'], { cwd: root });
  const ours = await runApp(['checksum', 'tree', '--check', 'm'], folder);
  expect(ours.code).toBe(theirs.status);
  expect(ours.stdout).toBe(`${theirs.stdout.toString()}renamed: NEW\n`);
  const warnings = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => line.includes('WARNING'))
      .map((line) => line.replace(/^\w+: /, ''));
  expect(warnings(ours.stderr)).toEqual(warnings(theirs.stderr.toString()));
  const quiet = await runApp(['checksum', 'tree', '--check', 'm', '--status', '--ignore-missing'], folder);
  expect({ code: quiet.code, stdout: quiet.stdout }).toEqual({ code: 1, stdout: '' });
});

test('search prints a line once, and exits as grep and ripgrep do', async ({ folder }) => {
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
  const each = await runApp(['search', 'tree', 'needle', '--hidden', '--vimgrep'], folder);
  expect(each.stdout.split('\n')).toHaveLength(6 + 1);
  const missing = await runApp(['search', 'tree', 'no such text'], folder);
  expect(missing).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('no match') });
  const failed = await runApp(['search', 'tree', 'gone', 'needle'], folder);
  expect(failed.code).toBe(2);
  expect(failed.stdout).toContain('tree/a.txt:2:18:');
  expect(failed.stderr).toMatch(/^search: gone: No such file/);
});

test('search leaves out the file that it writes to', async ({ folder }) => {
  const root = await makeTree(folder);
  await writeFile(join(root, 'out'), 'needle\n');
  const file = await open(join(root, 'out'), 'a');
  const child = startApp(['search', 'tree', 'needle'], folder, 'ignore', file.fd);
  const { code, stderr } = await finish(child);
  await file.close();
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'search: out: it is also the output, and was left out\n' });
  expect((await readFile(join(root, 'out'), 'utf8')).split('\n')).toHaveLength(1 + 3 + 1);
});

test('binary files that were skipped are counted', async ({ folder }) => {
  await writeFile(join(await makeTree(folder), 'binary'), 'needle\0');
  const { code, stderr } = await runApp(['search', 'tree', 'needle', '-l'], folder);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'search: 1 binary file was skipped; --text searches them too.\n',
  });
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

const badInput: Readonly<
  Record<string, readonly (readonly [args: readonly string[], code: number, sentence: RegExp])[]>
> = {
  checksum: [
    [['checksum', 'no such folder'], 1, /no such folder/],
    [['checksum', 'nothing'], 0, /holds no files/],
    [['checksum', 'tree', '--output', 'gone/m'], 1, /gone\/m.*no such file/],
    [['checksum', 'tree', '--output', 'nothing'], 1, /nothing.*illegal operation on a directory/],
    [['checksum', 'tree', '--check', 'gone'], 1, /gone.*no such file/],
  ],
  search: [
    [['search', 'no such folder', 'x'], 2, /no such folder/],
    [['search', 'tree', 'needle(', '--regex'], 2, /needle\(/],
    [['search', 'tree', 'a\nb'], 2, /--multiline/],
    [['search', 'tree', 'x', '--type', 'nonsense'], 2, /nonsense/],
  ],
  usage: [
    [['checksum'], 2, /usage/i],
    [['checksum', 'tree', '--algorithm', 'crc'], 2, /crc/],
    [['frobnicate'], 2, /frobnicate/],
  ],
};

for (const [name, cases] of Object.entries(badInput)) {
  test(`bad input gets a sentence and the right exit code: ${name}`, async ({ folder }) => {
    await makeTree(folder);
    await mkdir(join(folder, 'nothing'));
    for (const [args, code, sentence] of cases) {
      const finished = await runApp(args, folder);
      expect({ args, code: finished.code, stdout: finished.stdout }).toEqual({ args, code, stdout: '' });
      expect(finished.stderr).toMatch(sentence);
      expect(finished.stderr).not.toMatch(/^\s+at /m);
    }
  });
}

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
