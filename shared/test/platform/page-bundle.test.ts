import { expect, test } from 'vitest';
import { bundleForPage } from '../support/page-bundle.ts';

test('what a page loads has nothing of Node in it', async () => {
  const code = await bundleForPage('src/window/index.ts', 'esm');
  expect(code).toContain('export { ');
  expect(code.match(/\bnode:|\bBuffer\.[a-z]|\bprocess\.[a-z]|\brequire\(|\bimport\b/g)).toBeNull();
});
