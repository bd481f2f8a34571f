import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDocuments } from '../support/documents/markdown.ts';

const root = resolve(import.meta.dirname, '../../..');
const sources = ['shared/src', 'sidecar/src', 'app/src'].flatMap(findSources);
const documents = findDocuments();

/** Codes of Node's own that the project looks for, or that a document explains. */
const foreign = new Set(['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_VALUE', 'ERR_REQUIRE_ESM']);

/** Whole codes; a text may speak of how all of them begin. */
const anyCode = /\b(ERR(?:_[A-Z]+)+)(?![A-Z_])/g;

/** Codes that an error is made with: behind `new SomeError(` or `super(`, or chosen from a table. */
const made = new Set(sources.flatMap(({ code }) => findAll(code, /(?:Error|super)\([^()]*?'(ERR_\w+)'/g)));
for (const { code } of sources) for (const each of findAll(code, /(?:\w+:|return|:) '(ERR_\w+)'/g)) made.add(each);

describe('docs/ERRORS.md', () => {
  const documented = findAll(read('docs/ERRORS.md'), /^\| `(ERR_\w+)` /gm);

  test('has every code that the source can make, and no other', () => {
    expect(made.size).toBeGreaterThan(40);
    expect(documented.toSorted()).toStrictEqual([...made].toSorted());
  });

  test('has each of them once', () => {
    expect(documented).toHaveLength(new Set(documented).size);
  });
});

test.each(documents)('$path speaks of no code that nobody makes', ({ text }) => {
  const codes = findAll(text, anyCode);
  expect(codes.filter((code) => !made.has(code) && !foreign.has(code))).toStrictEqual([]);
});

test('neither does the source, in its docstrings and where it looks for one', () => {
  const codes = sources.flatMap(({ text }) => findAll(text, anyCode));
  const unknown = new Set(codes.filter((code) => !made.has(code) && !foreign.has(code)));
  expect([...unknown]).toStrictEqual([]);
});

interface Source {
  readonly text: string;
  /** Without its comments. */
  readonly code: string;
}

function findSources(folder: string): Source[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(`${folder}/${name}`))
    .map((text) => ({ text, code: text.replaceAll(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '') }));
}

function findAll(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
