import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const guide = readFileSync(resolve(root, 'docs/BUNDLERS.md'), 'utf8');
const shown = [...guide.matchAll(/^`([^`]+)`[^\n]*:\n\n```\w+\n([^]*?)^```$/gm)];

test('docs/BUNDLERS.md shows files of examples/bundlers as they are, and no code that no test runs', () => {
  expect(shown.length).toBe([...guide.matchAll(/^```\w+$/gm)].length);
  for (const [, path = '', code] of shown) expect(code, path).toBe(readFileSync(resolve(root, path), 'utf8'));
});
