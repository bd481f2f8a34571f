import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifiedFile, VerifyInput, VerifyItem } from '#contracts/files';
import { expect, test } from 'vitest';
import { manifest } from '../../dist/files/manifest.js';
import { verify } from '../../dist/files/verify.js';
import { streamContext } from './helpers/contexts.ts';
import { makeFifo, runCoreutils } from './helpers/coreutils.ts';
import { makeFolder, rawPath } from './helpers/temp-folder.ts';

interface Verified {
  readonly files: readonly VerifiedFile[];
  readonly misread: readonly number[];
  readonly end: VerifyItem | undefined;
}

async function check(root: string, text: string | Buffer, input: Partial<VerifyInput> = {}): Promise<Verified> {
  const path = join(makeFolder({ manifest: text }), 'manifest');
  const items: VerifyItem[] = [];
  for await (const item of verify({ root, manifest: path, ...input }, streamContext())) items.push(item);
  return {
    files: items.flatMap((item) => (item.type === 'files' ? item.files : [])),
    misread: items.flatMap((item) => (item.type === 'misread' ? item.lines : [])),
    end: items.at(-1),
  };
}

function states({ files }: Verified): Record<string, string> {
  return Object.fromEntries(files.map(({ path, state }) => [path, state]));
}

const FILES = {
  a: 'one',
  'b/c d': 'two\n',
  empty: '',
  'odd\nname\\': 'x',
  '-dash': 'y',
  big: Buffer.alloc(700_000, 'z'),
};

test.each([
  ['md5sum'],
  ['sha1sum'],
  ['sha256sum'],
  ['sha384sum'],
  ['sha512sum'],
  ['b2sum'],
  ['sha256sum', '--tag'],
  ['b2sum', '--tag'],
  ['md5sum', '--binary'],
  ['cksum'],
  ['cksum', '-a', 'sha512'],
  ['cksum', '-a', 'blake2b'],
  ['cksum', '-a', 'md5', '--untagged'],
])('what %s %s prints is understood, and what changed is seen', async (tool, ...options) => {
  const root = makeFolder(FILES);
  const names = tool === 'cksum' && options.length === 0 ? ['a', 'b/c d', 'empty', 'big'] : Object.keys(FILES);
  const text = runCoreutils(tool, [...options, '--', ...names], root);
  const before = await check(root, text);
  expect(before).toMatchObject({ misread: [], end: { ok: names.length, changed: 0, missing: 0 } });
  writeFileSync(join(root, 'b/c d'), 'TWO\n');
  rmSync(join(root, 'empty'));
  const after = states(await check(root, text));
  expect(after).toMatchObject({ a: 'ok', 'b/c d': 'changed', empty: 'missing', big: 'ok' });
});

test.each(['sha3-256', 'sha3-512', 'blake3', 'blake2b', 'sha256'] as const)(
  'our own manifest of %s is verified, with and without its name',
  async (algorithm) => {
    const root = makeFolder(FILES);
    for (const tag of [true, false]) {
      const lines: Uint8Array[] = [];
      for await (const item of manifest({ root, algorithm, tag }, streamContext()))
        if (item.type === 'lines') lines.push(item.lines);
      const { end } = await check(root, Buffer.concat(lines));
      expect(end).toMatchObject({ ok: 6, changed: 0, missing: 0, misread: 0 });
    }
  },
);

test('digests are the published ones', async () => {
  const root = makeFolder({ abc: 'abc' });
  const lines: Buffer[] = [];
  const algorithm = ['sha3-256', 'blake3', 'md5'] as const;
  for await (const item of manifest({ root, algorithm }, streamContext()))
    if (item.type === 'lines') lines.push(Buffer.from(item.lines));
  expect(Buffer.concat(lines).toString()).toBe(
    `SHA3-256 (abc) = 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532
BLAKE3 (abc) = 6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85
MD5 (abc) = 900150983cd24fb0d6963f7d28e17f72
`,
  );
});

test('lines that are not understood are told by number; comments, empty lines and Windows line ends are none', async () => {
  const root = makeFolder({ a: '' });
  const digest = 'd41d8cd98f00b204e9800998ecf8427e';
  const text = `# made by hand\n\n${digest}  a\r\nnonsense\n${digest}a\n${digest.toUpperCase()} *a\n${digest}  `;
  expect(await check(root, text)).toMatchObject({ misread: [4, 5, 7], end: { ok: 2, misread: 3 } });
});

test('an algorithm that is named decides for lines that do not say', async () => {
  const root = makeFolder({ a: 'x' });
  const text = runCoreutils('sha256sum', ['a'], root);
  expect((await check(root, text, { algorithm: 'blake3' })).end).toMatchObject({ ok: 0, changed: 1 });
  expect((await check(root, text, { algorithm: 'md5' })).end).toMatchObject({ misread: 1 });
});

test('files without a line are new, but for the manifest itself', async () => {
  const root = makeFolder({ a: '', 'b/new': '', manifest: 'd41d8cd98f00b204e9800998ecf8427e  ./a\n' });
  const items: VerifyItem[] = [];
  for await (const item of verify({ root, manifest: join(root, 'manifest'), listNew: true }, streamContext()))
    items.push(item);
  const files = items.flatMap((item) => (item.type === 'files' ? item.files : []));
  expect(files).toEqual([
    { path: './a', state: 'ok' },
    { path: 'b/new', state: 'new' },
  ]);
  expect(items.at(-1)).toMatchObject({ ok: 1, new: 1 });
});

test('names are compared as bytes', async () => {
  const root = makeFolder();
  for (const name of ['a\xfe', 'a\xff']) writeFileSync(rawPath(root, name), name);
  const text = runCoreutils('bash', ['-c', 'sha256sum *'], root);
  const { files } = await check(root, text);
  expect(files.map(({ state, pathBytes }) => [state, Buffer.from(pathBytes ?? []).toString('latin1')])).toEqual([
    ['ok', 'a\xfe'],
    ['ok', 'a\xff'],
  ]);
});

test('nothing outside the folder is read where only the folder may be', async () => {
  const outer = makeFolder({ secret: 'x', 'inner/a': 'x' });
  const digest = runCoreutils('sha256sum', ['secret'], outer).toString().slice(0, 64);
  const text = ['../secret', `${outer}/secret`, 'a/../../secret', 'a'].map((path) => `${digest}  ${path}\n`).join('');
  const inside = await check(join(outer, 'inner'), text, { onlyBelowRoot: true });
  expect(inside.files.map(({ state }) => state)).toEqual(['unreadable', 'unreadable', 'unreadable', 'ok']);
  expect((await check(join(outer, 'inner'), text)).end).toMatchObject({ ok: 3, missing: 1 });
});

test('a manifest that cannot be read is refused', async () => {
  const root = makeFolder({ a: '' });
  const read = async (path: string) => {
    for await (const item of verify({ root, manifest: path }, streamContext())) expect(item).toBeDefined();
  };
  await expect(read(join(root, 'gone'))).rejects.toMatchObject({ code: 'ENOENT', message: /no such file/ });
  await expect(read(root)).rejects.toMatchObject({ code: 'EISDIR', message: /it is a folder/ });
});

test('a pipe among the names is told, and not waited for', async () => {
  const root = makeFolder();
  makeFifo(join(root, 'pipe'));
  chmodSync(join(root, 'pipe'), 0o644);
  const { files } = await check(root, 'd41d8cd98f00b204e9800998ecf8427e  pipe\n');
  expect(files).toMatchObject([{ state: 'unreadable' }]);
});
