import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../support/app-folder.ts';
import { type Document, findDocuments } from '../support/documents/markdown.ts';

const documents = findDocuments();
const folders = ['shared', 'sidecar', 'app', 'e2e', 'examples', 'stress', 'bench', 'docs'];

test.each(documents)('every file and section that $path names is there', (document) => {
  const named = [...document.text.matchAll(/`([\w-]+(?:\/[\w.-]+)+\.\w+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
  const links = findLinks(document);
  const missing = [...links.map(({ path }) => path), ...named].filter((path) => !existsSync(join(projectFolder, path)));
  const dangling = links.filter(({ path, section }) => section !== '' && !hasSection(path, section));
  expect([...missing, ...dangling]).toStrictEqual([]);
});

test('docs/README.md lists every page of its folder, and README.md links it', () => {
  const pages = documents.map(({ path }) => path).filter((path) => /^docs\/[^/]+$/.test(path));
  expect(linkedFrom('docs/README.md')).toEqual(
    expect.arrayContaining(pages.filter((path) => path !== 'docs/README.md')),
  );
  expect(linkedFrom('README.md')).toContain('docs/README.md');
});

interface Link {
  readonly path: string;
  readonly section: string;
}

/** The links that lead to a file of the repository. */
function findLinks({ path, text }: Document): Link[] {
  const found = text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
  return [...found].map(([, to = '', section = '']) => ({
    path: to === '' ? path : join(dirname(path), to),
    section,
  }));
}

function linkedFrom(path: string): string[] {
  return documents
    .filter((document) => document.path === path)
    .flatMap((document) => findLinks(document).map((link) => link.path));
}

/** Whether a document has a heading that GitHub gives this name. */
function hasSection(path: string, section: string): boolean {
  const headings = documents.find((document) => document.path === path)?.text.matchAll(/^#+ (.*)$/gm) ?? [];
  return [...headings].some(([, title = '']) => toSlug(title) === section);
}

function toSlug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
