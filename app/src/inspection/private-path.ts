import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { defaultSocketFolders } from '../host/endpoint.ts';

/** All rights of the group and of others. */
const RIGHTS_OF_OTHERS = 0o077;

/**
 * The folders in which hosts of this user may be found, in the order in which a host tries them. Both sides look there, although
 * one of them may have been started without XDG_RUNTIME_DIR.
 */
export function inspectionFolders(uid: number, env: Readonly<NodeJS.ProcessEnv> = process.env): readonly string[] {
  const parents = [...defaultSocketFolders(env), `/run/user/${uid}`];
  return [...new Set(parents)].map((parent) => join(parent, `ipc-link-inspection-${uid}`));
}

/**
 * What keeps a folder or file from being this user's alone.
 *
 * @param stats Of the thing itself, not of what a symbolic link leads to.
 * @returns Null where it is.
 */
export function findIntrusion(kind: 'folder' | 'file', stats: Stats, uid: number): string | null {
  if (!(kind === 'folder' ? stats.isDirectory() : stats.isFile())) return `is no ${kind}; remove it.`;
  if (stats.uid !== uid) return `belongs to another user (${stats.uid}), so that nothing in it can be trusted.`;
  const rights = stats.mode & 0o777;
  if ((rights & RIGHTS_OF_OTHERS) === 0) return null;
  const wanted = kind === 'folder' ? '700' : '600';
  return `is open to other users (mode ${rights.toString(8)}); nobody but this user may use it: chmod ${wanted} it, or remove it.`;
}
