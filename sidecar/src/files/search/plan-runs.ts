import { isUtf8 } from 'node:buffer';
import type { FolderPath, SearchInput } from '#contracts/files';

/** What may be handed over at once: well below the 128 KiB that every system has room for. */
const MAX_ARGUMENT_BYTES = 96 * 1024;
const NUL = Buffer.from([0]);

/** One start of the engine. */
export interface PlannedRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: Uint8Array | undefined;
}

/** The starts that a search takes: one, but for paths that don't fit into the arguments of one, or are no text. */
export function planRuns(engine: string, args: readonly string[], paths: SearchInput['paths']): PlannedRun[] {
  if (paths === undefined) return [{ program: engine, args }];
  const text = paths.map(toText);
  if (text.every((path) => path !== undefined))
    return inGroups(text).map((group) => ({ program: engine, args: [...args, '--', ...group] }));
  // Node's arguments are text. POSIX's own way to make arguments of bytes is xargs.
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
    const bytes = Buffer.byteLength(path) + 1;
    if (bytes > room) {
      groups.push([]);
      room = MAX_ARGUMENT_BYTES;
    }
    groups.at(-1)?.push(path);
    room -= bytes;
  }
  return groups;
}
