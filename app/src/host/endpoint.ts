import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Transport } from 'ipc-link';
import { endpointError, endpointTooLongError } from './errors.ts';

/** Where one launch's sidecar finds its host. */
export interface Endpoint {
  /** For the Server's `socketRoot`. */
  readonly socketRoot: string;
  /** Name of the host's Server. */
  readonly host: string;
  /** The whole path of the socket or pipe. */
  readonly path: string;
  /** How it is reached. @default node-ipc's sockets */
  readonly transport?: Transport;
  /** Takes the folder away; never rejects. */
  remove(): Promise<void>;
}

export const socketName = 'host';

/** Folder names begin like this, then the host's process number and a random part: see stale-endpoints.ts. */
export const folderPrefix = 'ipc-link-';

/** The longest path, in bytes, that fits into `sockaddr_un` with its closing zero. */
export const pathLimit = process.platform === 'linux' ? 107 : 103;

/**
 * The folders to try, in this order: the user's own where the system has one, the one for temporary files, and /tmp, since the
 * path of the one for temporary files may be too long for a socket.
 */
export function defaultSocketFolders(env: Readonly<NodeJS.ProcessEnv> = process.env): readonly string[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  const own = runtime === undefined || runtime === '' ? [] : [runtime];
  const last = process.platform === 'win32' ? [] : ['/tmp'];
  return [...new Set([...own, tmpdir(), ...last])];
}

/**
 * Makes a fresh folder that only this user can enter (mode 0700), in the first of the given folders where that works; on
 * Windows the random name of a pipe.
 *
 * @throws LinkError `ERR_SIDECAR_ENDPOINT`
 */
export async function createEndpoint(
  folders: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Promise<Endpoint> {
  if (platform === 'win32') return namePipe();
  let failure: unknown;
  for (const folder of folders) {
    try {
      return await createFolder(folder);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** A fresh name for a launcher that brings its own transport: nothing is made for it. */
export function nameEndpoint(transport: Transport): Endpoint {
  const host = `${folderPrefix}${randomBytes(16).toString('hex')}`;
  return { socketRoot: '', host, path: host, transport, remove: () => Promise.resolve() };
}

async function createFolder(parent: string): Promise<Endpoint> {
  const prefix = join(parent, `${folderPrefix}${process.pid}-`);
  // mkdtemp appends six characters.
  if (Buffer.byteLength(`${prefix}XXXXXX/${socketName}`) > pathLimit) throw endpointTooLongError(parent, pathLimit);
  const folder = await mkdtemp(prefix).catch((error: unknown) => {
    throw endpointError(parent, error);
  });
  return {
    socketRoot: folder + sep,
    host: socketName,
    path: join(folder, socketName),
    remove: () => rm(folder, { recursive: true, force: true }).catch(() => {}),
  };
}

/** A pipe is in no folder. Its name has 128 random bits, so that nobody can guess it. */
function namePipe(): Endpoint {
  const socketRoot = `${folderPrefix}${randomBytes(16).toString('hex')}-`;
  return {
    socketRoot,
    host: socketName,
    path: `\\\\.\\pipe\\${socketRoot}${socketName}`,
    remove: () => Promise.resolve(),
  };
}
