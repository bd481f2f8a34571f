import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_FOLDER } from '#launch';

const run = promisify(execFile);

export interface PackedInstall {
  /** An empty project, outside the repository, with the package installed. */
  readonly folder: string;
  /** Files in the package. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/**
 * Packs the package as `npm publish` does, and installs it as a user does, with the other packages that the guide needs. npm refuses packages
 * that ask for another Node than the one that runs.
 *
 * @param others More packages, each with its exact version.
 */
export async function installPacked(others: Readonly<Record<string, string>> = {}): Promise<PackedInstall> {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-packed-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { path, files } = await pack(folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'outside', private: true, type: 'module' }));
    const versions = await Promise.all(['zod', 'rolldown'].map(async (name) => `${name}@${await versionOf(name)}`));
    const more = Object.entries(others).map(([name, version]) => `${name}@${version}`);
    const options = ['--engine-strict', '--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...options, path, ...versions, ...more], { cwd: folder });
    return { folder, files, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Writes each block of code of a document that begins with a comment with a file's name. @returns The names of the files. */
export async function writeFilesOf(document: string, folder: string): Promise<string[]> {
  const markdown = await readFile(join(PROJECT_FOLDER, document), 'utf8');
  const blocks = markdown.matchAll(/^```\w+\n((?:\/\/|<!--) (?<name>[\w/-]+\.\w+)(?: -->)?\n[^]*?)^```$/gm);
  const files = [...blocks].map(([, text = '', name = '']) => ({ name, text }));
  for (const { name, text } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return files.map(({ name }) => name);
}

async function pack(folder: string): Promise<{ path: string; files: string[] }> {
  const args = ['pack', '--json', '--pack-destination', folder, PROJECT_FOLDER];
  const { stdout } = await run('npm', args, { cwd: folder, maxBuffer: 1e8 });
  const [report]: { filename: string; files: { path: string }[] }[] = Object.values(JSON.parse(stdout));
  if (report === undefined) throw new Error('npm pack said nothing about the package');
  return { path: join(folder, report.filename), files: report.files.map(({ path }) => path) };
}

/** The installed version of a package, so that the test needs no version that is not in the lock file. */
async function versionOf(name: string): Promise<string> {
  const manifest: { version: string } = JSON.parse(
    await readFile(join(PROJECT_FOLDER, 'node_modules', name, 'package.json'), 'utf8'),
  );
  return manifest.version;
}
