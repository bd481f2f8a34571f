import { commandError } from './errors.ts';

/** Checksum every file under `root`; the manifest goes to `output`, or to stdout. */
export interface ChecksumCommand {
  readonly command: 'checksum';
  /** Absolute path of the folder. */
  readonly root: string;
  readonly algorithm: 'sha256' | 'sha512';
  /** Absolute path of the manifest file. @default stdout */
  readonly output?: string;
  /** Print a summary and the manifest's path on stdout when done; only together with `output`. @default false */
  readonly summary?: boolean;
}

/** Print every line under `root` that matches `pattern` on stdout. */
export interface SearchCommand {
  readonly command: 'search';
  /** Absolute path of the folder. */
  readonly root: string;
  readonly pattern: string;
  /** `pattern` is a regular expression, not a literal text. */
  readonly regex: boolean;
  readonly ignoreCase: boolean;
}

/** What the app does without a window. */
export type Command = ChecksumCommand | SearchCommand;

const SWITCH = '--ipc-link-command=';

/** Makes the one argument that hands `command` to the Electron main process; it stands after the app's path. */
export function encodeCommand(command: Command): string {
  return SWITCH + Buffer.from(JSON.stringify(command)).toString('base64url');
}

/**
 * Finds the command in the main process's `process.argv`.
 *
 * @returns the command, or `undefined` where there is none: the app then opens its window
 * @throws LaunchError `ERR_LAUNCH_COMMAND` for an argument that {@link encodeCommand} didn't make
 */
export function decodeCommand(argv: readonly string[]): Command | undefined {
  const argument = argv.find((candidate) => candidate.startsWith(SWITCH));
  return argument === undefined ? undefined : checkCommand(parse(argument.slice(SWITCH.length)));
}

function parse(encoded: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(encoded, 'base64url').toString());
  } catch {
    throw commandError('it is no JSON');
  }
  if (typeof value !== 'object' || value === null) throw commandError('it is no object');
  return { ...value };
}

function checkCommand(value: Record<string, unknown>): Command {
  if (value['command'] === 'checksum') return checkChecksum(value);
  if (value['command'] === 'search') return checkSearch(value);
  throw commandError('it is neither checksum nor search');
}

function checkChecksum({ root, algorithm, output, summary }: Record<string, unknown>): ChecksumCommand {
  if (algorithm !== 'sha256' && algorithm !== 'sha512') throw commandError('algorithm is neither sha256 nor sha512');
  return {
    command: 'checksum',
    root: text('root', root),
    algorithm,
    ...(output === undefined ? {} : { output: text('output', output) }),
    ...(summary === undefined ? {} : { summary: flag('summary', summary) }),
  };
}

function checkSearch({ root, pattern, regex, ignoreCase }: Record<string, unknown>): SearchCommand {
  return {
    command: 'search',
    root: text('root', root),
    pattern: text('pattern', pattern),
    regex: flag('regex', regex),
    ignoreCase: flag('ignoreCase', ignoreCase),
  };
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw commandError(`${name} is no text`);
  return value;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw commandError(`${name} is neither true nor false`);
  return value;
}
