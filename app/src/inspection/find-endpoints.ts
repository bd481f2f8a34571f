import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCodeOf } from '../host/errors.ts';
import { isAnswered } from '../host/stale-endpoints.ts';
import { type EndpointFile, fileSuffix, readEndpointFile } from './endpoint-file.ts';
import { platformError } from './errors.ts';
import { findIntrusion, inspectionFolders } from './private-path.ts';

/** Between the making of a socket and listening at it lies far less than this. */
const START_UP_MS = 20;

/** Where a host can be asked what it does. */
export interface InspectionEndpoint extends EndpointFile {
  /** Folder of its socket. */
  readonly folder: string;
  /** Name of the Server that listens there. */
  readonly server: string;
}

export interface FoundEndpoints {
  readonly endpoints: readonly InspectionEndpoint[];
  /** Sentences about folders and files that can't be trusted, and were left alone. */
  readonly problems: readonly string[];
}

/**
 * Finds the hosts of this user that allow inspection, and removes what such hosts have left that were killed.
 *
 * @throws LinkError `ERR_INSPECTION_FOLDER` on Windows.
 */
export async function findEndpoints(): Promise<FoundEndpoints> {
  const uid = process.getuid?.();
  if (uid === undefined) throw platformError();
  const found = await Promise.all(inspectionFolders(uid).map((folder) => lookInto(folder, uid)));
  return {
    endpoints: found.flatMap(({ endpoints }) => endpoints),
    problems: found.flatMap(({ problems }) => problems),
  };
}

async function lookInto(folder: string, uid: number): Promise<FoundEndpoints> {
  const none = { endpoints: [], problems: [] };
  try {
    const problem = findIntrusion('folder', await lstat(folder), uid);
    if (problem !== null) return { endpoints: [], problems: [`${folder} ${problem}`] };
    await removeStale(folder);
    const files = (await readdir(folder)).filter((name) => name.endsWith(fileSuffix));
    const read = await Promise.all(files.map((name) => readEndpoint(folder, name, uid)));
    return {
      endpoints: read.flatMap((each) => (typeof each === 'string' ? [] : [each])),
      problems: read.flatMap((each) => (typeof each === 'string' && each !== '' ? [each] : [])),
    };
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return none;
    // The folder of another user's runtime folder, which this one can't even look at.
    if (code === 'EACCES') return none;
    throw error;
  }
}

/** @returns A sentence about what is wrong with it; empty where its host has just left. */
async function readEndpoint(folder: string, name: string, uid: number): Promise<InspectionEndpoint | string> {
  const path = join(folder, name);
  try {
    const read = await readEndpointFile(path, uid);
    return typeof read === 'string' ? `${path} ${read}` : { ...read, folder, server: basename(name, fileSuffix) };
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return '';
    if (code === 'ELOOP') return `${path} is a symbolic link; remove it.`;
    throw error;
  }
}

/** Removes the files of hosts that were killed: nobody listens at their sockets any more. */
export async function removeStale(folder: string): Promise<void> {
  const names = (await readdir(folder)).flatMap(
    (name) => /^\d+-[0-9a-f]{8}(?=$|\.json$|\.json\.new$)/.exec(name) ?? [],
  );
  await Promise.all(
    [...new Set(names)].map(async (name) => {
      const socket = join(folder, name);
      if (await isAnswered(socket)) return;
      await wait(START_UP_MS);
      if (await isAnswered(socket)) return;
      const files = [socket, socket + fileSuffix, `${socket}${fileSuffix}.new`];
      await Promise.all(files.map((file) => rm(file, { force: true })));
    }),
  );
}
