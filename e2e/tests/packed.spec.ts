import { execFile } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_FOLDER } from '#launch';
import { expect, test } from '../src/other-app.ts';
import { installPacked, type PackedInstall, writeFilesOf } from '../src/packed-install.ts';

const run = promisify(execFile);

let packed: PackedInstall;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  packed = await installPacked();
});

test.afterAll(() => packed?.remove());

test('the package holds what it exports, and neither tests nor anything of the desktop app', async () => {
  expect((await exportedFiles()).filter((file) => !packed.files.includes(file))).toEqual([]);
  const others =
    /(^|\/)test\/|\.test\.|tsbuildinfo|tsconfig|^app\/out|\/(launch|renderer)\/|sidecar\/.*\/files|contracts\//;
  expect(packed.files.filter((file) => others.test(file))).toEqual([]);
});

test('it brings nothing along but a package of types, and the licences of what it holds of others', async () => {
  const { dependencies } = JSON.parse(
    await readFile(join(packed.folder, 'node_modules/ipc-link/package.json'), 'utf8'),
  );
  expect(Object.keys(dependencies)).toEqual(['@standard-schema/spec']);
  expect(packed.files).toContain('shared/bundle/third-party-licenses.txt');
});

test('its command line starts as npx starts it, and finds its other files', async () => {
  const { version } = JSON.parse(await readFile(join(packed.folder, 'node_modules/ipc-link/package.json'), 'utf8'));
  const options = { cwd: packed.folder };
  expect(await run('npx', ['--no-install', 'ipc-link', '--version'], options)).toEqual({
    stdout: `${version}\n`,
    stderr: '',
  });
  const { stdout } = await run('npx', ['--no-install', 'ipc-link', 'bench', '--for', '10', '--json'], options);
  expect(Object.keys(JSON.parse(stdout))).toEqual(['link', 'bare']);
  expect(packed.files).toContain('app/bundle/third-party-licenses.txt');
});

test('every public name can be imported', async () => {
  const names = [
    ['ipc-link', ['Server', 'LinkError', 'ReplyError', 'MemoryTransport']],
    ['ipc-link/contract', ['defineContract', 'task', 'stream', 'createClient', 'linkCaller', 'serveContract']],
    ['ipc-link/window', ['connectSidecars', 'LinkError', 'ReplyError', 'ContractError']],
    ['ipc-link/sidecar', ['serve']],
    ['ipc-link/host', ['SidecarHost', 'SidecarCrashedError', 'resolveSidecar']],
    ['ipc-link/host/fork', ['forkLauncher']],
    ['ipc-link/host/spawn', ['spawnLauncher']],
    ['ipc-link/nats', ['natsLauncher', 'runAgent']],
    ['ipc-link/tls', ['tlsTransport']],
    ['ipc-link/testing', ['inProcessLauncher', 'MemoryTransport']],
    ['ipc-link/inspection', ['allowInspection']],
    ['ipc-link/electron/utility', ['utilityLauncher']],
  ] as const;
  const expected = Object.fromEntries(names.map(([name, members]) => [name, members.map(() => 'found')]));
  const look = `(module, member) => (module[member] === undefined ? 'missing' : 'found')`;
  const lists = JSON.stringify(names);
  const imported = await evaluate(
    `for (const [name, members] of ${lists}) { const module = await import(name); seen[name] = members.map((member) => (${look})(module, member)); }`,
    'module',
  );
  expect(imported).toEqual(expected);
  const required = await evaluate(
    `for (const [name, members] of ${lists}) seen[name] = members.map((member) => (${look})(require(name), member));`,
    'commonjs',
  );
  expect(required).toEqual(expected);
});

test('its types are found from ES modules, from CommonJS and by bundlers', async () => {
  const names = [
    '',
    '/contract',
    '/host',
    '/host/fork',
    '/host/spawn',
    '/nats',
    '/sidecar',
    '/testing',
    '/tls',
    '/window',
  ];
  const imports = names.map((name, index) => `import * as module${index} from 'ipc-link${name}';`);
  const uses = `${names.map((_, index) => `void module${index};`).join('\n')}\nnew module0.Server('typed', { retry: 100 });\n`;
  const wrong = "// @ts-expect-error: the option has a type\nnew module0.Server('typed', { retry: true });\n";
  const source = `${imports.join('\n')}\n${uses}${wrong}`;
  await Promise.all(['typed.mts', 'typed.cts'].map((name) => writeFile(join(packed.folder, name), source)));
  await expect(compile('nodenext', ['typed.mts', 'typed.cts'])).resolves.toBe('');
  await expect(compile('preserve', ['typed.mts'])).resolves.toBe('');
});

test("the README's three files are an Electron app", async ({ openApp }) => {
  const page = await openApp(await writeApp('README.md', 'readme', 'main.mjs'));
  await expect(page.locator('body')).toHaveText('6 words');
});

test("the README's two Servers talk", async () => {
  const cwd = await writeApp('README.md', 'servers', 'two-servers.mjs');
  const { stdout } = await run(process.execPath, ['two-servers.mjs'], {
    cwd,
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  expect(stdout).toContain("success: true, response: 'Hello world!'");
});

test("the guide's twenty lines are an Electron app", async ({ openApp }) => {
  const page = await openApp(await writeApp('docs/SIDECARS.md', 'twenty-lines', 'main.mjs'));
  await expect(page.locator('body')).toHaveText('6 words');
});

test("the guide's window calls a sidecar", async ({ openApp }) => {
  const page = await openApp(await writeApp('docs/SIDECARS.md', 'window', 'window.mjs'));
  await expect(page.locator('output')).toHaveText('6 words; text.countWords: not for windows');
});

/** Makes an app of a document's files, inside the project that has the package. @returns Its folder. */
async function writeApp(document: string, name: string, main: string): Promise<string> {
  const folder = join(packed.folder, name);
  expect(await writeFilesOf(document, folder)).toContain(main);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, main, type: 'module' }));
  await symlink(join(packed.folder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs a program in the project, which fills the object `seen`, and has nothing else to say. */
async function evaluate(program: string, type: 'module' | 'commonjs'): Promise<unknown> {
  const source = `const seen = {}; ${program} process.stdout.write(JSON.stringify(seen));`;
  const args = [`--input-type=${type}`, '--eval', source];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: packed.folder });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** Checks the types of programs in the project. @returns What the compiler has to say. */
async function compile(module: 'nodenext' | 'preserve', files: readonly string[]): Promise<string> {
  const compiler = join(PROJECT_FOLDER, 'node_modules/typescript/bin/tsc');
  const types = ['--types', 'node', '--typeRoots', join(PROJECT_FOLDER, 'node_modules/@types')];
  const args = ['--noEmit', '--strict', '--target', 'es2023', '--module', module, ...types, ...files];
  const { stdout } = await run(process.execPath, [compiler, ...args], { cwd: packed.folder }).catch(
    (failure: { stdout: string }) => failure,
  );
  return stdout;
}

async function exportedFiles(): Promise<string[]> {
  const path = join(packed.folder, 'node_modules/ipc-link/package.json');
  const manifest: { exports: Record<string, string | Record<string, string>> } = JSON.parse(
    await readFile(path, 'utf8'),
  );
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  return targets.map((file) => file.replace('./', ''));
}
