import { isUtf8 } from 'node:buffer';
import type { FolderPath, SearchInput } from '#contracts/files';

/** Bytes of paths in the arguments of one run: well below the 128 KiB of every Unix, and the 32,767 characters of Windows. */
const MAX_ARGUMENT_BYTES = process.platform === 'win32' ? 20 * 1024 : 96 * 1024;
/** What comes with each path: a separator, and on Windows quotes. */
const BESIDES = 3;
const NUL = Buffer.from([0]);

/** One run of ripgrep. */
export interface PlannedRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: Uint8Array | undefined;
}

/** The runs of ripgrep that a search needs: one, or several where the paths don't fit into the arguments of one. */
export function planRuns(engine: string, args: readonly string[], paths: SearchInput['paths']): PlannedRun[] {
  if (paths === undefined) return [{ program: engine, args }];
  const text = paths.map(toText);
  if (text.every((path) => path !== undefined))
    return inGroups(text).map((group) => ({ program: engine, args: [...args, '--', ...group] }));
  // Node passes arguments as UTF-8 text. xargs passes paths that are not UTF-8.
  const input = Buffer.concat(paths.flatMap((path) => [Buffer.from(path), NUL]));
  return [{ program: 'xargs', args: ['-0', engine, ...args, '--'], input }];
}

function toText(path: FolderPath): string | undefined {
  if (typeof path === 'string') return path;
  return isUtf8(path) ? Buffer.from(path).toString('utf8') : undefined;
}

function inGroups(paths: readonly string[]): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const path of paths) {
    const bytes = Buffer.byteLength(path) + BESIDES;
    if (bytes > room) {
      groups.push([]);
      room = MAX_ARGUMENT_BYTES;
    }
    groups.at(-1)?.push(path);
    room -= bytes;
  }
  return groups;
}
