import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * What users of the package install, what it holds of others, and what the desktop app brings along, was read before it was taken
 * in. This fails when anything of it changes: read the new version, then enter it in reviewed-dependencies.json with what was found.
 */

interface Manifest {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Reviewed {
  readonly version: string;
  readonly integrity: string;
  readonly reviewed: string;
}

/** A package whose code is within the published files, as the build wrote it down. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly integrity: string;
}

const root = resolve(import.meta.dirname, '../..');
/** Packages that the desktop app and its sidecar load, and users of the package do without. React is in the window's bundle. */
const ofTheApp = ['zod', 'commander', 'launch-editor', '@vscode/ripgrep', 'hash-wasm'];
/** Bundled into the published files, so that users don't install it. */
const ofTheTransport = ['node-ipc'];
/** An optional peer dependency: only apps whose sidecars are on other machines install it. */
const ofOtherMachines = ['@nats-io/transport-node'];
const manifest: Manifest = readJson('package.json');
const reviewed: Readonly<Record<string, Reviewed>> = readJson('shared/test/reviewed-dependencies.json');
const lock: { readonly packages: Readonly<Record<string, Manifest>> } = readJson('package-lock.json');

test('the runtime dependencies, down to the last, are those that were reviewed', () => {
  const installed = [...findTree(runtimeNames())].toSorted().map((path) => {
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

test('users of the package install a package of types, and nothing else', () => {
  expect([...findTree(Object.keys(manifest.dependencies ?? {}))]).toStrictEqual(['node_modules/@standard-schema/spec']);
});

test.each([
  ['shared/bundle', ['event-pubsub', 'node-ipc', 'strong-type']],
  ['app/bundle', ['commander']],
])('what %s holds of others is what was reviewed, and is named with its licence', (folder, names) => {
  const bundled: readonly Bundled[] = readJson(`${folder}/third-party.json`);
  expect(bundled.map(({ name }) => name)).toStrictEqual(names);
  const paths = names.map((name) => `node_modules/${name}`);
  expect(bundled.map(({ version, integrity }) => ({ version, integrity }))).toStrictEqual(
    paths.map((path) => ({ version: reviewed[path]?.version, integrity: reviewed[path]?.integrity })),
  );
  expect(new Set(bundled.map(({ license }) => license))).toStrictEqual(new Set(['MIT']));
  const texts = readFileSync(join(root, folder, 'third-party-licenses.txt'), 'utf8');
  for (const { name, version } of bundled) {
    const packaged = join(root, 'node_modules', name);
    const licence = readdirSync(packaged).find((file) => /^licen[cs]e/i.test(file)) ?? '';
    expect(texts).toContain(`${name} ${version}\n\n${readFileSync(join(packaged, licence), 'utf8').trim()}\n`);
  }
});

test('each review says what was found', () => {
  expect(Object.entries(reviewed).filter(([, entry]) => entry.reviewed.length < 20)).toStrictEqual([]);
});

test('no runtime version is left open', () => {
  const versions = { ...manifest.devDependencies, ...manifest.dependencies };
  const ranges = runtimeNames().map((name) => [name, versions[name] ?? '']);
  expect(ranges.filter(([, range = '']) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toStrictEqual([]);
});

function runtimeNames(): string[] {
  return [...Object.keys(manifest.dependencies ?? {}), ...ofTheTransport, ...ofOtherMachines, ...ofTheApp];
}

/** Paths in the lock file of some of the repository's packages, and of everything that they need at run time. */
function findTree(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (from: string, wanted: readonly string[]): void => {
    for (const name of wanted) {
      const path = locate(from, name);
      if (path === null || found.has(path)) continue;
      found.add(path);
      const { dependencies = {}, optionalDependencies = {} } = lock.packages[path] ?? {};
      visit(path, Object.keys({ ...dependencies, ...optionalDependencies }));
    }
  };
  visit('', names);
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
