import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, '../../..');
const guide = read('docs/BUNDLERS.md');
const shown = [...guide.matchAll(/^`([^`]+)`[^\n]*:\n\n```\w+\n([^]*?)^```$/gm)];

test('docs/BUNDLERS.md shows files of examples/bundlers as they are, and no code that no test runs', () => {
  expect(shown.length).toBe([...guide.matchAll(/^```\w+$/gm)].length);
  for (const [, path = '', code] of shown) expect(code, path).toBe(read(path));
});

test('the examples name the versions that they are run with', () => {
  const { version, dependencies, devDependencies }: Manifest = JSON.parse(read('package.json'));
  const ours = new Map(Object.entries({ ...dependencies, ...devDependencies, 'ipc-link': version }));
  const named = readdirSync(resolve(root, 'examples/bundlers')).flatMap((name) => {
    const manifest: Partial<Manifest> = JSON.parse(read(`examples/bundlers/${name}/package.json`));
    return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  });
  expect(named).toContainEqual(['rolldown', ours.get('rolldown')]);
  expect(named.filter(([name, given]) => given !== (ours.get(name) ?? given))).toEqual([]);
});

function read(path: string): string {
  return readFileSync(resolve(root, path), 'utf8');
}
