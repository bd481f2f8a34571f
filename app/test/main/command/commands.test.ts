import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { finish } from '../../../../e2e/src/finish.ts';
import { makePhotos } from '../../../../e2e/src/make-images.ts';
import { makeTree, sha256sum } from '../../../../e2e/src/make-tree.ts';
import { useCommands } from './support/run-in-node.ts';

const commands = useCommands();

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-command-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a second manifest in the same folder leaves the first one out, and says so', async () => {
  const folder = await makeFolder();
  const root = await makeTree(folder);
  await commands.run(['checksum', 'tree', '--output', 'tree/manifest'], folder);
  const expected = await readFile(join(root, 'manifest'), 'utf8');
  const { code, stderr } = await commands.run(['checksum', 'tree', '--output', 'tree/manifest'], folder);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'checksum: manifest: it is also the output, and was left out\n',
  });
  expect(await readFile(join(root, 'manifest'), 'utf8')).toBe(expected);
});

test('several digests of files and lists are made in one read', async () => {
  const folder = await makeFolder();
  await makeTree(folder);
  const named = await commands.run(['checksum', 'tree/a.txt', 'tree/deep', '-a', 'md5', '-a', 'blake2b'], folder);
  const tools = ['md5sum', 'b2sum'].map((tool) => `${tool} --tag "$file"`).join('; ');
  const script = `for file in tree/a.txt 'tree/deep/.hidden folder/file.md'; do ${tools}; done`;
  expect(named.stdout).toBe(execFileSync('bash', ['-c', script], { cwd: folder }).toString());
  const listed = commands.start(['checksum', '-', '-a', 'md5'], folder, { stdin: 'pipe' });
  listed.stdin?.end('tree/a.txt\0tree/gone\0');
  expect(await finish(listed)).toEqual({
    code: 1,
    stdout: execFileSync('md5sum', ['tree/a.txt'], { cwd: folder }).toString(),
    stderr: 'checksum: tree/gone: no such file or directory\n',
  });
});

test('a manifest is checked as sha256sum does, and new files are told', async () => {
  const folder = await makeFolder();
  const root = await makeTree(folder);
  await writeFile(join(folder, 'm'), `${await sha256sum(root)}nonsense\n`);
  await writeFile(join(root, 'a.txt'), 'changed');
  await rename(join(root, 'B.txt'), join(root, 'renamed'));
  const theirs = spawnSync('sha256sum', ['--check', '../m'], { cwd: root });
  const ours = await commands.run(['checksum', 'tree', '--check', 'm'], folder);
  expect(ours.code).toBe(theirs.status);
  expect(ours.stdout).toBe(`${theirs.stdout.toString()}renamed: NEW\n`);
  const warnings = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => line.includes('WARNING'))
      .map((line) => line.replace(/^\w+: /, ''));
  expect(warnings(ours.stderr)).toEqual(warnings(theirs.stderr.toString()));
  const quiet = await commands.run(['checksum', 'tree', '--check', 'm', '--status', '--ignore-missing'], folder);
  expect({ code: quiet.code, stdout: quiet.stdout }).toEqual({ code: 1, stdout: '' });
});

test('search exits as grep and ripgrep do, and prints each match where it is asked to', async () => {
  const folder = await makeFolder();
  await makeTree(folder);
  const each = await commands.run(['search', 'tree', 'needle', '--hidden', '--vimgrep'], folder);
  expect(each.stdout.split('\n')).toHaveLength(6 + 1);
  const missing = await commands.run(['search', 'tree', 'no such text'], folder);
  expect(missing).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('no match') });
  const failed = await commands.run(['search', 'tree', 'gone', 'needle'], folder);
  expect(failed.code).toBe(2);
  expect(failed.stdout).toContain('tree/a.txt:2:18:');
  expect(failed.stderr).toMatch(/^search: gone: No such file/);
});

test('search leaves out the file that it writes to', async () => {
  const folder = await makeFolder();
  const root = await makeTree(folder);
  await writeFile(join(root, 'out'), 'needle\n');
  const file = await open(join(root, 'out'), 'a');
  const child = commands.start(['search', 'tree', 'needle'], folder, { stdout: file.fd });
  const { code, stderr } = await finish(child);
  await file.close();
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'search: out: it is also the output, and was left out\n' });
  expect((await readFile(join(root, 'out'), 'utf8')).split('\n')).toHaveLength(1 + 3 + 1);
});

test('binary files that were skipped are counted', async () => {
  const folder = await makeFolder();
  await writeFile(join(await makeTree(folder), 'binary'), 'needle\0');
  const { code, stderr } = await commands.run(['search', 'tree', 'needle', '-l'], folder);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'search: 1 binary file was skipped; --text searches them too.\n',
  });
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
};

for (const [name, cases] of Object.entries(badInput)) {
  test(`bad input gets a sentence and the right exit code: ${name}`, async () => {
    const folder = await makeFolder();
    await makeTree(folder);
    await mkdir(join(folder, 'nothing'));
    for (const [args, code, sentence] of cases) {
      const finished = await commands.run(args, folder);
      expect({ args, code: finished.code, stdout: finished.stdout }).toEqual({ args, code, stdout: '' });
      expect(finished.stderr).toMatch(sentence);
      expect(finished.stderr).not.toMatch(/^\s+at /m);
    }
  });
}

test('thumbnails are written beside nothing that they would overwrite', async () => {
  const folder = await makeFolder();
  const root = await makePhotos(folder, 2);
  const run = (...args: readonly string[]) => commands.run(['thumbnails', 'photos', '--size', '64', ...args], folder);
  const names = ['inside/zebra.jpg.webp', 'photo 0000.jpg.webp', 'photo 0001.jpg.webp'];
  const refused = ['broken.jpg: it is damaged or incomplete', 'drawing.svg: it is an SVG, which'];

  const first = await run('--out', 'small');
  expect(first.stdout).toBe(names.map((name) => `${join(folder, 'small', name)}\n`).join(''));
  for (const line of refused) expect(first.stderr).toContain(`thumbnails: ${line}`);
  expect(first.code).toBe(1);
  const [inside = ''] = names;
  expect((await readFile(join(folder, 'small', inside))).toString('latin1', 8, 12)).toBe('WEBP');

  await writeFile(join(folder, 'small', inside), 'mine');
  await rm(join(root, 'broken.jpg'));
  const second = await run('--out', 'small');
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr.match(/there already; --overwrite replaces it/g)).toHaveLength(3);
  expect(await readFile(join(folder, 'small', inside), 'utf8')).toBe('mine');

  const inRoot = await run('--out', 'photos/small');
  expect(inRoot).toMatchObject({ code: 1, stdout: '' });
  expect(inRoot.stderr).toContain('lies in the folder itself');
});
