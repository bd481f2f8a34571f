import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { fallbackFetchError, integrityError, reasonOf } from '../errors.ts';
import { PROJECT_FOLDER } from '../folders.ts';
import { runProgram, type ProgramOutcome } from '../process/run-program.ts';

export interface PackageOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

const FETCH_LIMIT_MS = 15 * 60_000;
const UNPACK_LIMIT_MS = 5 * 60_000;

/**
 * Fetches the tarball of `name@version` into `folder` with npm, whose settings (registry, proxy, cache) apply.
 *
 * @returns the tarball's path
 * @throws LaunchError `ERR_LAUNCH_FALLBACK`
 */
export async function fetchTarball(
  specifier: string,
  folder: string,
  { env, signal }: PackageOptions,
): Promise<string> {
  const args = [
    'pack',
    specifier,
    '--ignore-scripts',
    '--loglevel=error',
    '--fetch-retries=1',
    '--pack-destination',
    folder,
  ];
  const [npm, ...npmArgs] = npmCommand(env);
  const outcome = await run(npm, [...npmArgs, ...args], { env, signal, timeoutMs: FETCH_LIMIT_MS });
  if (outcome.code !== 0) throw fallbackFetchError(failureOf('npm pack', outcome));
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw fallbackFetchError('npm pack succeeded, but wrote no tarball');
  return join(folder, tarball);
}

/** The npm that runs this process, where `npm run` started it; else the npm on the path. */
function npmCommand(env: NodeJS.ProcessEnv): [string, ...string[]] {
  const running = env['npm_execpath'];
  return running?.endsWith('npm-cli.js') ? [process.execPath, running] : ['npm'];
}

/**
 * Refuses a file whose SHA-512 is not the pinned one.
 *
 * @param integrity in npm's notation: `sha512-` and base64
 * @throws LaunchError `ERR_LAUNCH_INTEGRITY`
 */
export async function checkIntegrity(file: string, integrity: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== integrity) throw integrityError(file, { expected: integrity, actual });
}

/**
 * Unpacks an npm tarball into `folder` with the system's tar. Strips the leading `package/`, and leaves out `package/resources`.
 *
 * @throws LaunchError `ERR_LAUNCH_FALLBACK`
 */
export async function unpackTarball(tarball: string, folder: string, { env, signal }: PackageOptions): Promise<void> {
  const args = [
    '-xzf',
    tarball,
    '-C',
    folder,
    '--strip-components=1',
    '--no-same-owner',
    '--exclude=package/resources',
  ];
  const outcome = await run('tar', args, { env, signal, timeoutMs: UNPACK_LIMIT_MS });
  if (outcome.code !== 0) throw fallbackFetchError(failureOf('tar', outcome));
}

async function run(
  file: string,
  args: string[],
  options: PackageOptions & { timeoutMs: number },
): Promise<ProgramOutcome> {
  try {
    // npm runs in the project's folder, so that the project's .npmrc applies besides the user's.
    return await runProgram(file, args, { cwd: PROJECT_FOLDER, ...options });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw fallbackFetchError(reasonOf(error), error);
  }
}

function failureOf(program: string, outcome: ProgramOutcome): string {
  if (outcome.code === null) return `${program} took too long and was ended`;
  return `${program} ended with code ${outcome.code} (${summaryOf(outcome.stderr)})`;
}

/** Picks the line of npm's output that describes the error. The lines before it have only codes; later ones name a log file. */
function summaryOf(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!)/, '').trim());
  return (
    lines.find((line) => line !== '' && !/^(code|errno|syscall) \S+$|^Warning:|^npm warn/.test(line)) ?? stderr.trim()
  );
}
