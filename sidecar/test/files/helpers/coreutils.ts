import { execFileSync } from 'node:child_process';

/** The output of the real `sha256sum` or `sha512sum` for every regular file below `root`, in byte order of the paths. */
export function realManifest(root: string, tool: 'sha256sum' | 'sha512sum' = 'sha256sum'): Buffer {
  const script = `find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r ${tool}`;
  const printed = execFileSync('bash', ['-o', 'pipefail', '-c', script], { cwd: root }).toString('latin1');
  // The paths begin with ./, because a file named - would be taken for standard input.
  return Buffer.from(printed.replaceAll(/^(\\?[0-9a-f]+ {2})\.\//gm, '$1'), 'latin1');
}

export function makeFifo(path: string): void {
  execFileSync('mkfifo', [path]);
}
