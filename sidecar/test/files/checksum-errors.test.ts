import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checksum } from '../../dist/files/checksum.js';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { checksumContext } from './helpers/contexts.ts';
import { makeFifo, realManifest } from './helpers/coreutils.ts';
import { findMatches } from './helpers/search.ts';
import { makeFolder } from './helpers/temp-folder.ts';
import { letEveryoneRead, runUnprivileged } from './helpers/unprivileged.ts';

test('a root that does not exist is refused', async () => {
  const root = join(makeFolder(), 'gone');
  const message = `There is no folder at '${root}'. Check the path, or choose another folder.`;
  await expect(checksum({ root }, checksumContext())).rejects.toMatchObject({ code: 'ENOENT', message });
});

test.each(['file', 'file/below', 'pipe'])('a root that is no folder is refused: %s', async (name) => {
  const folder = makeFolder({ file: 'x' });
  makeFifo(join(folder, 'pipe'));
  const root = join(folder, name);
  const message = `'${root}' is not a folder. Choose a folder, for example the one that contains it.`;
  await expect(checksum({ root }, checksumContext())).rejects.toMatchObject({ code: 'ENOTDIR', message });
});

test('a relative root is refused', async () => {
  const message =
    "root must be an absolute path, but 'some/folder' is relative. Resolve it before the call, for example with path.resolve().";
  await expect(checksum({ root: 'some/folder' }, checksumContext())).rejects.toMatchObject({
    code: 'ERR_ROOT_NOT_ABSOLUTE',
    message,
  });
});

test('a root that may not be read is refused', () => {
  onlyUnix('modes');
  const root = makeFolder({ 'closed/file': 'x' });
  letEveryoneRead(root);
  chmodSync(join(root, 'closed'), 0o000);
  const message = `No permission to read the folder '${join(root, 'closed')}'. Allow it in the folder's permissions, or choose another folder.`;
  expect(runUnprivileged('checksum', { root: join(root, 'closed') })).toEqual({ code: 'EACCES', message });
  chmodSync(join(root, 'closed'), 0o755);
});

test('what may not be read is reported one by one, and the rest is done', () => {
  onlyUnix('modes');
  const root = makeFolder({ a: 'a', 'closed-file': 'x', 'closed/file': 'x', 'names-only/file': 'x', 'z/z': 'zz' });
  letEveryoneRead(root);
  const closed = { 'closed-file': 0o000, closed: 0o000, 'names-only': 0o644 };
  for (const [name, mode] of Object.entries(closed)) chmodSync(join(root, name), mode);
  const output = runUnprivileged('checksum', { root });
  for (const name of Object.keys(closed)) chmodSync(join(root, name), 0o755);
  const denied = { code: 'EACCES', reason: 'permission denied' };
  expect(output).toMatchObject({
    files: 2,
    bytes: 3,
    failures: [
      { path: 'closed', ...denied },
      { path: 'closed-file', ...denied },
      { path: 'names-only/file', ...denied },
    ],
    manifest: realManifest(makeFolder({ a: 'a', 'z/z': 'zz' })).toString('utf8'),
    lastReport: { filesDone: 2, filesTotal: 2, bytesDone: 3, bytesTotal: 3 },
  });
});

test('paths that are too long for the system are no longer than others', async () => {
  const root = makeFolder({ file: 'x' });
  makeDeepFolder(root);
  const output = await checksum({ root }, checksumContext());
  const found = await findMatches(root, { pattern: 'x' });
  execFileSync('rm', ['-rf', join(root, NAME)]);
  const deepest = `${`${NAME}/`.repeat(DEPTH)}file`;
  expect(output).toMatchObject({ files: DEPTH + 1, failures: [] });
  expect(Buffer.from(output.manifest).toString()).toContain(`  ${deepest}\n`);
  expect(found).toHaveLength(DEPTH + 1);
  expect(found.map(({ path }) => path)).toContain(deepest);
});

const NAME = 'd'.repeat(200);
const DEPTH = 50;

/** Makes folders with a file in each, the deepest with a path more than twice as long as any system call takes. */
function makeDeepFolder(root: string): void {
  onlyUnix('longPaths');
  const before = process.cwd();
  process.chdir(root);
  try {
    for (let depth = 0; depth < DEPTH; depth++) {
      mkdirSync(NAME);
      process.chdir(NAME);
      writeFileSync('file', 'x');
    }
  } finally {
    process.chdir(before);
  }
}
