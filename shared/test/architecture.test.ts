import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The folders of the design's layout, each with what it may import besides itself and packages. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'shared/src/platform': [],
  'shared/src/envelope': [
    'shared/src/platform/node.ts',
    'shared/src/platform/own-memory.ts',
    'shared/src/link-error.ts',
  ],
  'shared/src/call': ['shared/src/link-error.ts'],
  'shared/src/transport': ['shared/src/platform', 'shared/src/link-error.ts'],
  'shared/src/link': [
    'shared/src/platform',
    'shared/src/call',
    'shared/src/envelope',
    'shared/src/transport',
    'shared/src/link-error.ts',
    'shared/src/printable.ts',
  ],
  'shared/src/contract': ['shared/src/call', 'shared/src/link', 'shared/src/link-error.ts', 'shared/src/printable.ts'],
  'shared/src/contracts': ['shared/src/contract'],
  'shared/src/port': ['shared/src/link', 'shared/src/contract', 'shared/src/transport', 'shared/src/link-error.ts'],
  'shared/src/window': [
    'shared/src/contract',
    'shared/src/link',
    'shared/src/platform',
    'shared/src/port',
    'shared/src/transport',
    'shared/src/link-error.ts',
  ],
  'sidecar/src': [],
  'app/src/host': [],
  'app/src/inspection': ['app/src/host'],
  'app/src/testing': ['app/src/host'],
  'app/src/cli': [
    'app/src/console/format.ts',
    'app/src/host/index.ts',
    'app/src/host/fork.ts',
    'app/src/inspection',
    'app/src/launch/process/interruption.ts',
    'app/src/main/forward-calls.ts',
    'app/src/nats/index.ts',
    'app/src/renderer/src/format',
    'app/src/terminal',
  ],
  'app/src/nats': ['app/src/host'],
  'app/src/launch': [],
  'app/src/preload': ['app/src/bridge'],
  'app/src/bridge': ['app/src/inspection/tick.ts'],
  'app/src/console': [
    'app/src/bridge',
    'app/src/inspection/group-by.ts',
    'app/src/inspection/trace.ts',
    'app/src/renderer/src/format',
    'app/src/renderer/src/styles',
  ],
  'app/src/main': ['app/src/host', 'app/src/bridge', 'app/src/inspection', 'app/src/launch', 'app/src/terminal'],
  'app/src/renderer': ['app/src/bridge'],
};

const root = resolve(import.meta.dirname, '../..');

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const imports = findImports();

describe('imports point one way', () => {
  test.each(Object.entries(mayImport))('%s', (folder, allowed) => {
    const places = [folder, ...allowed];
    const found = imports
      .filter(({ file, specifier }) => isIn(file, folder) && specifier.startsWith('.'))
      .map(({ file, specifier }) => ({ file, to: relative(root, resolve(root, file, '..', specifier)) }));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ to }) => !places.some((place) => isIn(to, place)))).toStrictEqual([]);
  });

  test('every source file is in a folder that has a rule', () => {
    const ruled = [
      ...Object.keys(mayImport),
      'shared/src/index.ts',
      'shared/src/link-error.ts',
      'shared/src/printable.ts',
    ];
    const files = new Set(imports.map(({ file }) => file));
    expect([...files].filter((file) => !ruled.some((place) => isIn(file, place)))).toStrictEqual([]);
  });
});

describe('packages', () => {
  test('sidecar and app never import each other', () => {
    expect(importersOf(/^(ipc-link\/(host|testing|electron)|#launch)/, 'sidecar/src')).toStrictEqual([]);
    // The program that the command line starts as a sidecar, in a process of its own.
    expect(importersOf(/^(ipc-link|#)\/?sidecar/, 'app/src')).toStrictEqual(['app/src/cli/serve/serve-module.ts']);
  });

  test('shared imports no Electron, nothing of the package by its name, and starts no process', () => {
    expect(importersOf(/^(electron|ipc-link|#|node:child_process|node:cluster)/, 'shared/src')).toStrictEqual([]);
  });

  test('Electron is imported by the app and by one launcher only', () => {
    const outside = importersOf(/^electron$/, '').filter((file) => !/^app\/src\/(main|preload)\//.test(file));
    expect(outside).toStrictEqual(['app/src/host/utility.ts']);
  });

  test('node-ipc is imported by one file', () => {
    expect(importersOf(/^node-ipc/, '')).toStrictEqual(['shared/src/transport/node-ipc.ts']);
  });

  test('the windows import nothing of Node', () => {
    expect(importersOf(/^node:/, 'app/src/renderer')).toStrictEqual([]);
    expect(importersOf(/^node:/, 'app/src/console')).toStrictEqual([]);
    expect(importersOf(/^node:/, 'app/src/bridge')).toStrictEqual([]);
  });
});

describe('what runs in Node and in pages alike', () => {
  const portable = ['shared/src/call', 'shared/src/envelope', 'shared/src/window', 'shared/src/platform'];
  const ofNode = ['shared/src/platform/keep-freed-memory.ts', 'shared/src/platform/node.ts'];

  test('asks its platform instead of importing anything of Node', () => {
    const importers = portable.flatMap((folder) => importersOf(/^[^.]/, folder));
    expect(importers.toSorted()).toStrictEqual(['shared/src/platform/events.ts', ...ofNode]);
  });

  test('uses nothing that Node has and a page has not', () => {
    const users = portable
      .flatMap(findFiles)
      .filter((file) => /\b(Buffer|process|require)\b|\bglobal\./.test(readCode(file)));
    expect(users).toStrictEqual(ofNode);
  });
});

test('lines for people are written by one function in each process, which lets none of them be forged', () => {
  const writers = ['sidecar/src', 'app/src/main', 'app/src/host']
    .flatMap(findFiles)
    .filter((file) =>
      /\bconsole\.(debug|error|info|log|trace|warn)\b|process\.stderr\.write/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
  expect(writers).toStrictEqual(['sidecar/src/print-line.ts']);
  const printers = ['sidecar/src/print-line.ts', 'app/src/main/print-line.ts'];
  for (const file of printers) expect(readFileSync(join(root, file), 'utf8')).toContain('printable(text)');
});

function importersOf(specifiers: RegExp, folder: string): string[] {
  const files = imports
    .filter(({ file, specifier }) => isIn(file, folder) && specifiers.test(specifier))
    .map(({ file }) => file);
  return [...new Set(files)];
}

function isIn(path: string, place: string): boolean {
  return place === '' || path === place || path.startsWith(`${place}/`);
}

function findImports(): Import[] {
  return ['shared/src', 'sidecar/src', 'app/src'].flatMap(findFiles).flatMap(readImports);
}

function findFiles(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).toSorted();
  return names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')).map((name) => `${folder}/${name}`);
}

/** Static imports and re-exports, and dynamic imports of a literal. Type imports count: they are dependencies too. */
function readImports(file: string): Import[] {
  // Template strings may speak of imports without being any.
  const source = readSource(file).replaceAll(/`[^`]*`/g, '');
  const found = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, specifier = '']) => ({ file, specifier }));
}

/** A file without its comments. */
function readSource(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, '');
}

/** A file without its comments and strings. */
function readCode(file: string): string {
  return readSource(file).replaceAll(/'[^'\n]*'|`[^`]*`/g, "''");
}
