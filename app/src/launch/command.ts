import type { ChecksumAlgorithm, PrintOptions, SearchOptions } from '#contracts/files';
import { commandError } from './errors.ts';

/** What is read: paths as they were given; bytes where they are not UTF-8. */
export interface PathArguments {
  /** Absolute path of the folder that relative ones start from: where the user called from. */
  readonly folder: string;
  readonly paths: readonly (string | Uint8Array)[];
  /** Whether further paths are listed on stdin, each on a line, or each before a NUL byte. @default false */
  readonly listed?: boolean;
}

/** Checksum every file under the paths; the manifest goes to `output`, or to stdout. */
export interface ChecksumCommand extends PathArguments {
  readonly command: 'checksum';
  readonly algorithms: readonly ChecksumAlgorithm[];
  /** Lines that name their algorithm, as `cksum --tag` prints them. @default with several algorithms */
  readonly tag?: boolean;
  /** Absolute path of the manifest file. @default stdout */
  readonly output?: string;
  /** Print a summary and the manifest's path on stdout when done; only together with `output`. @default false */
  readonly summary?: boolean;
}

/** Compare the files with a manifest; prints what `sha256sum --check` does. */
export interface VerifyCommand extends PathArguments {
  readonly command: 'verify';
  /** Absolute path of the manifest file. */
  readonly manifest: string;
  /** For lines that don't tell. @default what their length, or a match, tells */
  readonly algorithm?: ChecksumAlgorithm;
  /** No line for a file that is as it was. @default false */
  readonly quiet?: boolean;
  /** No lines at all. @default false */
  readonly status?: boolean;
  /** Lines that are not understood make it fail. @default false */
  readonly strict?: boolean;
  /** Each line that is not understood is named. @default false */
  readonly warn?: boolean;
  /** Files that are not there are passed over. @default false */
  readonly ignoreMissing?: boolean;
}

/** Print every line under the paths that matches a pattern on stdout. */
export interface SearchCommand extends PathArguments {
  readonly command: 'search';
  /** Each may match. */
  readonly pattern: readonly string[];
  /** The patterns are regular expressions, not literal texts. */
  readonly regex: boolean;
  readonly options: SearchOptions;
  readonly print: Omit<PrintOptions, 'color'>;
  /** Whether matches are coloured; `auto` is on a terminal. */
  readonly color: 'auto' | 'always' | 'never';
}

/** What the app does without a window. */
export type Command = ChecksumCommand | VerifyCommand | SearchCommand;

const SWITCH = '--ipc-link-command=';
/** One argument is limited to 128 KiB on Linux. */
const PIECE = 96 * 1024;

/** Makes the arguments that hand `command` to the Electron main process; they stand after the app's path. */
export function encodeCommand(command: Command): string[] {
  const encoded = Buffer.from(JSON.stringify(command, writeBytes)).toString('base64url');
  const pieces = encoded.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [];
  return pieces.map((piece) => SWITCH + piece);
}

/**
 * Finds the command in the main process's `process.argv`. Its values are checked where they are used: against the
 * contract of the task that they go to.
 *
 * @returns the command, or `undefined` where there is none: the app then opens its window
 * @throws LaunchError `ERR_LAUNCH_COMMAND` for arguments that {@link encodeCommand} didn't make
 */
export function decodeCommand(argv: readonly string[]): Command | undefined {
  const pieces = argv.filter((candidate) => candidate.startsWith(SWITCH));
  if (pieces.length === 0) return undefined;
  const value = parse(pieces.map((piece) => piece.slice(SWITCH.length)).join(''));
  if (!isCommand(value)) throw commandError('it is none of checksum, verify and search');
  return value;
}

function parse(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString(), readBytes);
  } catch {
    throw commandError('it is no JSON');
  }
}

/** Enough to tell a command from anything else that might stand there: only the launcher writes it. */
function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null) return false;
  const { command, folder, paths, ...rest }: Readonly<Record<string, unknown>> = { ...value };
  if (typeof folder !== 'string' || !Array.isArray(paths) || !paths.every(isPath)) return false;
  if (command === 'checksum') return Array.isArray(rest['algorithms']);
  if (command === 'verify') return typeof rest['manifest'] === 'string';
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
