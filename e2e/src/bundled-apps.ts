import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_FOLDER } from '#launch';
import { readElectron } from './electron-test.ts';
import { installPacked } from './packed-install.ts';

const run = promisify(execFile);

const examples = join(PROJECT_FOLDER, 'examples/bundlers');

/** What this repository has not. */
const installed = ['esbuild', 'webpack', 'sharp'];
/** What it has. */
const linked = ['electron', 'electron-vite', 'vite'];
/** Plugins of Electron Forge, without its command line: that one needs a package that only GitHub has. */
const plugins = ['@electron-forge/plugin-vite', '@electron-forge/plugin-webpack'];
/** What is needed of their dependencies. */
const ofPlugins = { 'html-webpack-plugin': '5.6.8', 'webpack-merge': '5.10.0', debug: '4.4.3' };

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** The examples of `examples/bundlers` in a project outside of the repository, where the packed package is installed. */
export interface BundledApps {
  /** Where each of them is, by name. */
  readonly folder: string;
  /** Builds one. @returns Its folder. */
  build(name: string): Promise<string>;
  /** Packages one with electron-builder. @returns Its program. */
  package(name: string): Promise<string>;
  remove(): Promise<void>;
}

export async function prepareBundledApps(): Promise<BundledApps> {
  const versions = await readVersions();
  const packed = await installPacked({
    ...ofPlugins,
    ...Object.fromEntries(installed.map((name) => [name, versionIn(versions, name)])),
  });
  try {
    const folder = join(packed.folder, 'bundlers');
    await cp(examples, folder, { recursive: true });
    // Not in the folder that npm installed into: electron-builder asks npm for what is there, and npm knows nothing of these.
    const modules = join(folder, 'node_modules');
    await mkdir(modules);
    await Promise.all([
      ...linked.map((name) => symlink(join(PROJECT_FOLDER, 'node_modules', name), join(modules, name))),
      ...plugins.map((name) => unpack(`${name}@${versionIn(versions, name)}`, join(modules, name))),
    ]);
    // A page of one loads a file of the package from its own folder, and electron-builder looks for packages there.
    for (const name of ['commonjs', 'native-modules'])
      await symlink(join(packed.folder, 'node_modules'), join(folder, name, 'node_modules'));
    return {
      folder,
      build: (name) => build(join(folder, name), name),
      package: (name) => packageApp(join(folder, name), name),
      remove: () => packed.remove(),
    };
  } catch (error) {
    await packed.remove();
    throw error;
  }
}

/** What the examples say that they are built with. */
async function readVersions(): Promise<ReadonlyMap<string, string>> {
  const manifests = await Promise.all(
    (await readdir(examples)).map(async (name): Promise<Manifest> => {
      return JSON.parse(await readFile(join(examples, name, 'package.json'), 'utf8'));
    }),
  );
  return new Map(
    manifests.flatMap(({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies })),
  );
}

function versionIn(versions: ReadonlyMap<string, string>, name: string): string {
  const version = versions.get(name);
  if (version === undefined) throw new Error(`No example in ${examples} is built with ${name}.`);
  return version;
}

async function unpack(spec: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--silent', '--prefer-offline', spec], { cwd: folder });
  await run('tar', ['-xzf', stdout.trim(), '--strip-components=1'], { cwd: folder });
}

async function build(cwd: string, name: string): Promise<string> {
  const forge = join(PROJECT_FOLDER, 'e2e/fixtures/forge/build.mjs');
  const isForge = name.startsWith('forge-');
  await (isForge ? run(process.execPath, [forge], { cwd }) : run('npm', ['run', '--silent', 'build'], { cwd }));
  return cwd;
}

async function packageApp(cwd: string, name: string): Promise<string> {
  const builder = join(PROJECT_FOLDER, 'node_modules/electron-builder/cli.js');
  const electron = `-c.electronDist=${dirname(readElectron().executablePath)}`;
  await run(process.execPath, [builder, '--dir', electron], { cwd });
  return join(cwd, 'release/linux-unpacked', name);
}
