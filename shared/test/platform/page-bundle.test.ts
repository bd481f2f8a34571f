import { build } from 'rolldown';
import { expect, test } from 'vitest';
import { bundleForPage } from '../support/page-bundle.ts';

test('what a page loads has nothing of Node in it', async () => {
  const code = await bundleForPage('src/window/index.ts', 'esm');
  expect(code).toContain('export { ');
  expect(code.match(/\bnode:|\bBuffer\.[a-z]|\bprocess\.[a-z]|\brequire\(|\bimport\b/g)).toBeNull();
});

test("a bundler for pages finds what defines a contract, so that a page can import a contract's value", async () => {
  const { output } = await build({ input: 'ipc-link/contract', platform: 'browser', write: false });
  expect(output[0].exports).toEqual(['defineContract', 'stream', 'task']);
  expect(output[0].imports).toEqual([]);
});
