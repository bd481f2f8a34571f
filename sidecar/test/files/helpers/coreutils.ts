import { execFileSync } from 'node:child_process';

/** What the real `sha256sum` or `sha512sum` prints for every regular file below `root`, in byte order of the paths. */
export function realManifest(root: string, tool: 'sha256sum' | 'sha512sum' = 'sha256sum'): Buffer {
  const script = `find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 -r ${tool} --`;
  return execFileSync('bash', ['-o', 'pipefail', '-c', script], { cwd: root });
}

export function makeFifo(path: string): void {
  execFileSync('mkfifo', [path]);
}
