import { constants } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { findIntrusion } from './private-path.ts';

/** What a host that allows it leaves beside its socket, for other processes of the same user. */
export interface EndpointFile {
  /** By which the host is called in lists. */
  readonly name: string;
  readonly pid: number;
  /** Base64 of 32 random bytes, with which both sides prove that they have read the file. */
  readonly secret: string;
}

export const fileSuffix = '.json';

/** Writes a file of mode 0600, which appears whole or not at all. */
export async function writeEndpointFile(path: string, content: EndpointFile): Promise<void> {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, JSON.stringify(content), { flag: 'wx', mode: 0o600 });
  await rename(unfinished, path);
}

/**
 * Reads such a file. What is checked is what was opened, so that nothing can take its place in between.
 *
 * @returns What is wrong with it, as text, where it can't be trusted.
 * @throws The system's error, such as ENOENT.
 */
export async function readEndpointFile(path: string, uid: number): Promise<EndpointFile | string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const problem = findIntrusion('file', await file.stat(), uid);
    return problem ?? parse(await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

function parse(text: string): EndpointFile | string {
  const unknown = 'is not one that a host has written; remove it.';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return unknown;
  }
  if (typeof content !== 'object' || content === null) return unknown;
  const { name, pid, secret }: { name?: unknown; pid?: unknown; secret?: unknown } = content;
  if (typeof name !== 'string' || typeof pid !== 'number' || typeof secret !== 'string') return unknown;
  return { name, pid, secret };
}
