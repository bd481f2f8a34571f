import { fstatSync, readlinkSync, statSync, type BigIntStats } from 'node:fs';
import type { FileIdentity } from '#contracts/files';

const STDOUT = 1;

/** The file that stdout is redirected to, if any. A task that reads it would read its own output. */
export function stdoutFiles(): FileIdentity[] {
  const stats = fstatSync(STDOUT, { bigint: true });
  if (!stats.isFile()) return [];
  const path = pathOfStdout();
  return [{ ...identityOf(stats), ...(path === undefined ? {} : { path }) }];
}

/** The regular file at a path, if there is one. */
export function fileAt(path: string): FileIdentity[] {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats?.isFile() === true ? [{ ...identityOf(stats), path }] : [];
}

function identityOf({ dev, ino }: BigIntStats): FileIdentity {
  return { device: String(dev), inode: String(ino) };
}

/** The path that stdout was redirected to. Only Linux offers it. */
function pathOfStdout(): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${STDOUT}`);
  } catch {
    return undefined;
  }
}
