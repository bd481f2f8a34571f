import type { ChecksumAlgorithm, PrintOptions, SearchOptions } from '#contracts/files';
import { commandError } from './errors.ts';

/** The files and folders that a command reads. */
export interface PathArguments {
  /** Absolute path of the folder that relative paths start from: the one in which the user ran the command. */
  readonly folder: string;
  /** Paths as the user gave them, as bytes where they are not UTF-8. */
  readonly paths: readonly (string | Uint8Array)[];
  /** Whether more paths are listed on stdin, each ended by a line break or by a NUL byte. @default false */
  readonly listed?: boolean;
}

/** Computes checksums of every file under the paths. The manifest is written to `output` or to stdout. */
export interface ChecksumCommand extends PathArguments {
  readonly command: 'checksum';
  readonly algorithms: readonly ChecksumAlgorithm[];
  /** Whether lines name their algorithm, as those of `cksum --tag` do. @default true with several algorithms, else false */
  readonly tag?: boolean;
  /** Absolute path of the manifest file. @default stdout */
  readonly output?: string;
  /** Whether a summary and the manifest's path are printed on stdout at the end. Needs `output`. @default false */
  readonly summary?: boolean;
}

/** Compares files with a manifest, and prints what `sha256sum --check` prints. */
export interface VerifyCommand extends PathArguments {
  readonly command: 'verify';
  /** Absolute path of the manifest file. */
  readonly manifest: string;
  /** Algorithm of the lines that don't name one. @default inferred from the digest's length, or from the first file that matches */
  readonly algorithm?: ChecksumAlgorithm;
  /** Prints no line for a file that is unchanged. @default false */
  readonly quiet?: boolean;
  /** Prints no lines at all. @default false */
  readonly status?: boolean;
  /** Fails when the manifest has a line that can't be parsed. @default false */
  readonly strict?: boolean;
  /** Prints the number of each line that can't be parsed. @default false */
  readonly warn?: boolean;
  /** Ignores files that do not exist. @default false */
  readonly ignoreMissing?: boolean;
}

/** Prints on stdout every line under the paths that matches a pattern. */
export interface SearchCommand extends PathArguments {
  readonly command: 'search';
  /** A line is printed when one of these matches. */
  readonly pattern: readonly string[];
  /** Whether the patterns are regular expressions instead of literal text. */
  readonly regex: boolean;
  readonly options: SearchOptions;
  readonly print: Omit<PrintOptions, 'color'>;
  /** Whether matches are coloured. `auto` colours them when stdout is a terminal. */
  readonly color: 'auto' | 'always' | 'never';
}

/** Writes a thumbnail of every image in a folder, whose path is the only one of `paths`. */
export interface ThumbnailsCommand extends PathArguments {
  readonly command: 'thumbnails';
  /** Absolute path of the folder that they are written to. */
  readonly out: string;
  /** Longest side, in pixels. @default the task's */
  readonly size?: number;
  /** Whether the folders inside are read too. @default true */
  readonly recursive?: boolean;
  /** Whether files that are there already are replaced. @default false */
  readonly overwrite?: boolean;
}

/** A command that the app runs without a window. */
export type Command = ChecksumCommand | VerifyCommand | SearchCommand | ThumbnailsCommand;

const SWITCH = '--ipc-link-command=';
/** Largest piece of an encoded command, in characters: on Linux an argument of a process has at most 128 KiB. */
const PIECE = 96 * 1024;

/** @returns The arguments that hand `command` to the Electron main process. They belong after the app's path. */
export function encodeCommand(command: Command): string[] {
  const encoded = Buffer.from(JSON.stringify(command, writeBytes)).toString('base64url');
  const pieces = encoded.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [];
  return pieces.map((piece) => SWITCH + piece);
}

/**
 * Finds the command in the main process's `process.argv`. The contract of the task that the command calls validates its values.
 *
 * @returns the command, or `undefined` where there is none, so that the app opens its window
 * @throws LaunchError `ERR_LAUNCH_COMMAND` for arguments that {@link encodeCommand} didn't make
 */
export function decodeCommand(argv: readonly string[]): Command | undefined {
  const pieces = argv.filter((candidate) => candidate.startsWith(SWITCH));
  if (pieces.length === 0) return undefined;
  const value = parse(pieces.map((piece) => piece.slice(SWITCH.length)).join(''));
  if (!isCommand(value)) throw commandError('it is none of checksum, verify, search and thumbnails');
  return value;
}

function parse(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString(), readBytes);
  } catch {
    throw commandError('it is not JSON');
  }
}

/** Checks no more than is needed to recognize a command, because only the launcher writes this argument. */
function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null) return false;
  const { command, folder, paths, ...rest }: Readonly<Record<string, unknown>> = { ...value };
  if (typeof folder !== 'string' || !Array.isArray(paths) || !paths.every(isPath)) return false;
  if (command === 'checksum') return Array.isArray(rest['algorithms']);
  if (command === 'verify') return typeof rest['manifest'] === 'string';
  if (command === 'thumbnails') return typeof rest['out'] === 'string';
  return command === 'search' && Array.isArray(rest['pattern']) && isObject(rest['options']) && isObject(rest['print']);
}

function isPath(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || value instanceof Uint8Array;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const BYTES = '$bytes';

function writeBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { [BYTES]: Buffer.from(value).toString('base64') } : value;
}

function readBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(BYTES in value)) return value;
  return new Uint8Array(Buffer.from(String(value[BYTES]), 'base64'));
}
