import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileIdentity, SearchInput } from '#contracts/files';
import { locateBelow, toText } from '../raw-path.ts';
import { walkFiles } from '../walk.ts';

/**
 * The paths, as ripgrep prints them, by which a search would find the files that its hits are written to. A search of these
 * files would find its own hits again without end.
 */
export function outputNames({ root, paths = [''], outputs = [] }: SearchInput): string[] {
  // The lookup works with text only, so that it is not done for a root that is not UTF-8.
  if (typeof root !== 'string') return [];
  const texts = paths.filter((path) => typeof path === 'string');
  return outputs.flatMap((output) => texts.flatMap((path) => namesBelow(path, resolve(root, path), output)));
}

/** A pattern for `--glob` that leaves out exactly one path. */
export function leaveOut(name: string): string {
  return `!/${name.replace(/[\\*?[\]{}! #]/g, '\\$&')}`;
}

function namesBelow(given: string, start: string, output: FileIdentity): string[] {
  if (matches(start, output)) return [given];
  const prefix = given === '' || given.endsWith('/') ? given : `${given}/`;
  return findBelow(start, output).map((name) => prefix + name);
}

function findBelow(start: string, output: FileIdentity): string[] {
  const { path } = output;
  if (path !== undefined && isOnlyName(path, output)) {
    const name = relative(realpathSync(start), realpathSync(path));
    return name.startsWith('..') || isAbsolute(name) ? [] : [name.replaceAll(sep, '/')];
  }
  const locate = locateBelow(start);
  return [...walkFiles(start)].flatMap((entry) =>
    entry.kind === 'file' && matches(locate(entry.path), output) ? [toText(entry.path)] : [],
  );
}

/** Whether the output is still at this path and has no other name, which a file with one hard link has not. */
function isOnlyName(path: string, output: FileIdentity): boolean {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return found !== undefined && found.nlink === 1n && isOutput(found, output);
}

function matches(path: string | Buffer, output: FileIdentity): boolean {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return found !== undefined && isOutput(found, output);
}

function isOutput({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }, output: FileIdentity): boolean {
  return String(dev) === output.device && String(ino) === output.inode;
}
