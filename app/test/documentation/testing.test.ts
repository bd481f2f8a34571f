import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;

/** A project outside of the repository, with the files that docs/TESTING.md shows. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ipc-link-testing-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const markdown = await readFile(join(root, 'docs/TESTING.md'), 'utf8');
  const blocks = [...markdown.matchAll(/^```js\n(\/\/ ([\w.-]+)\n[^]*?)^```$/gm)];
  await Promise.all(blocks.map(([, text = '', name = '']) => writeFile(join(folder, name), text)));
  expect(blocks).toHaveLength(markdown.match(/^```js$/gm)?.length ?? 0);
  return () => rm(folder, { recursive: true, force: true });
});

test("the page's tests pass", async () => {
  expect(await run('--test', '--test-reporter=tap', 'describe-text.test.mjs')).toMatch(/^# pass 4$/m);
});

test("the page's two Servers talk", async () => {
  expect(await run('two-servers.mjs')).toBe('2\n');
});

/** Runs Node in the project, without what the test runner around it says to runners below it. */
async function run(...args: string[]): Promise<string> {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  expect(stderr).toBe('');
  return stdout;
}
