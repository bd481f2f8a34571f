import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * What users of the published workspaces install was read before it was taken in. This fails when anything of it
 * changes: read the new version, then enter it in reviewed-dependencies.json with what was found.
 */

interface Manifest {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Reviewed {
  readonly version: string;
  readonly integrity: string;
  readonly reviewed: string;
}

const root = resolve(import.meta.dirname, '../..');
const published = ['shared', 'sidecar', 'app'];
const reviewed: Readonly<Record<string, Reviewed>> = readJson('shared/test/reviewed-dependencies.json');
const lock: { readonly packages: Readonly<Record<string, Manifest>> } = readJson('package-lock.json');

test('the runtime dependencies, down to the last, are those that were reviewed', () => {
  const installed = [...findTree()].toSorted().map((path) => {
    const { version, integrity } = lock.packages[path] ?? {};
    return { path, version, integrity };
  });
  const expected = Object.entries(reviewed).map(([path, { version, integrity }]) => ({ path, version, integrity }));
  expect(installed).toStrictEqual(expected);
});

test('what is installed is what the lock file says', () => {
  const optional = Object.values(lock.packages).flatMap((manifest) => Object.keys(manifest.optionalDependencies ?? {}));
  const required = Object.keys(reviewed).filter((path) => !optional.includes(path.replace(/^.*node_modules\//, '')));
  const versions = required.map((path) => [path, readJson<Manifest>(join(path, 'package.json')).version]);
  expect(versions).toStrictEqual(required.map((path) => [path, reviewed[path]?.version]));
});

test('each review says what was found', () => {
  expect(Object.entries(reviewed).filter(([, entry]) => entry.reviewed.length < 20)).toStrictEqual([]);
});

test('no published workspace leaves a runtime version open', () => {
  const ranges = published.flatMap((workspace) =>
    Object.entries(readJson<Manifest>(`${workspace}/package.json`).dependencies ?? {}),
  );
  expect(ranges.length).toBeGreaterThan(0);
  expect(ranges.filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toStrictEqual([]);
});

/** Paths in the lock file of everything that the published workspaces need at run time. */
function findTree(): Set<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = locate(from, name);
      if (path === null || found.has(path)) continue;
      if (!name.startsWith('@ipc-link/')) found.add(path);
      visit(name.startsWith('@ipc-link/') ? name.replace('@ipc-link/', '') : path);
    }
  };
  published.forEach(visit);
  return found;
}

/** As Node looks it up: the nearest node_modules. An optional package of another platform may be nowhere. */
function locate(from: string, name: string): string | null {
  const own = `${from}/node_modules/${name}`;
  if (lock.packages[own] !== undefined) return own;
  const shared = `node_modules/${name}`;
  return lock.packages[shared] === undefined ? null : shared;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
