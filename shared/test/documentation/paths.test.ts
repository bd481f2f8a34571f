import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const folders = ['shared', 'sidecar', 'app', 'e2e', 'examples', 'stress', 'bench', 'docs'];

test.each(documents)('every file that %s names is there', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path = '']) =>
    join(dirname(document), path),
  );
  const named = [...text.matchAll(/`([\w-]+(?:\/[\w.-]+)+\.\w+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
  expect([...linked, ...named].filter((path) => !existsSync(join(root, path)))).toStrictEqual([]);
});
