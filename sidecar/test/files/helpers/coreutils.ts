import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';

/**
 * The output of the real `sha256sum` or `sha512sum` for every regular file below `root`, in byte order of the paths. On Windows, which
 * has neither, it is made here: there no name has to be escaped.
 */
export function realManifest(root: string, tool: 'sha256sum' | 'sha512sum' = 'sha256sum'): Buffer {
  if (process.platform === 'win32') return makeManifest(root, tool === 'sha256sum' ? 'sha256' : 'sha512');
  const script = `find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r ${tool}`;
  const printed = execFileSync('bash', ['-o', 'pipefail', '-c', script], { cwd: root }).toString('latin1');
  // The paths begin with ./, because a file named - would be taken for standard input.
  return Buffer.from(printed.replaceAll(/^(\\?[0-9a-f]+ {2})\.\//gm, '$1'), 'latin1');
}

function makeManifest(root: string, algorithm: string): Buffer {
  const lines = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(root, path).replaceAll('\\', '/') }))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)))
    .map(({ path, name }) => `${createHash(algorithm).update(readFileSync(path)).digest('hex')}  ${name}\n`);
  return Buffer.from(lines.join(''));
}

/** Runs a program of coreutils, or a shell. */
export function runCoreutils(program: string, args: readonly string[], cwd: string): Buffer {
  onlyUnix('coreutils');
  return execFileSync(program, args, { cwd });
}

export function makeFifo(path: string): void {
  onlyUnix('specialFiles');
  execFileSync('mkfifo', [path]);
}
