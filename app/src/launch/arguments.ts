import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { ChecksumCommand, Command, SearchCommand } from './command.ts';
import { reasonOf, usageError } from './errors.ts';

/** What the user asked of `npm start`. */
export type Invocation =
  { readonly kind: 'help' } | { readonly kind: 'window' } | { readonly kind: 'command'; readonly command: Command };

/** Printed for `--help`, and on stderr after a mistake. */
export const USAGE = `Usage: npm start                                      open the app
       npm start -- checksum DIR [options]            print the checksum of every file under DIR
       npm start -- search DIR PATTERN [options]      print every line under DIR that holds PATTERN
       npm start -- --help

checksum:  --algorithm sha256|sha512   what to compute (default: sha256)
           --output FILE               write the manifest to FILE instead of stdout
           --summary                   print a summary on stdout; needs --output
search:    --regex                     PATTERN is a regular expression
           --ignore-case               upper and lower case are the same
           --                          what follows is no option, as in: search DIR -- -x

Exit codes: 0 done, 1 failed or nothing found, 2 wrong usage.
`;

// One argument is limited to 128 KiB on Linux, and base64 makes three bytes four.
const MAX_PATTERN_BYTES = 65_536;

/**
 * Reads the arguments that follow `npm start --`.
 *
 * @param folder the folder that relative paths start from: where the user called from
 * @throws LaunchError `ERR_LAUNCH_USAGE`
 */
export function parseInvocation(args: readonly string[], folder: string): Invocation {
  if (asksForHelp(args)) return { kind: 'help' };
  const [command, ...rest] = args;
  switch (command) {
    case undefined:
      return { kind: 'window' };
    case 'checksum':
      return { kind: 'command', command: parseChecksum(rest, folder) };
    case 'search':
      return { kind: 'command', command: parseSearch(rest, folder) };
    default:
      throw usageError(`There is no command ${JSON.stringify(command)}.`);
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function parseChecksum(args: string[], folder: string): ChecksumCommand {
  const { values, positionals } = refuseAsUsage(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        algorithm: { type: 'string', default: 'sha256' },
        output: { type: 'string' },
        summary: { type: 'boolean', default: false },
      },
    }),
  );
  const root = positional(positionals, 0, 'DIR');
  refuseMoreThan(1, positionals);
  const { algorithm, output, summary } = values;
  if (algorithm !== 'sha256' && algorithm !== 'sha512') {
    throw usageError(`--algorithm is sha256 or sha512, not ${JSON.stringify(algorithm)}.`);
  }
  if (output === '') throw usageError('--output needs the name of a file.');
  if (summary && output === undefined)
    throw usageError('--summary needs --output: stdout holds the manifest otherwise.');
  return {
    command: 'checksum',
    root: resolve(folder, root),
    algorithm,
    ...(output === undefined ? {} : { output: resolve(folder, output) }),
    ...(summary ? { summary } : {}),
  };
}

function parseSearch(args: string[], folder: string): SearchCommand {
  const { values, positionals } = refuseAsUsage(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        regex: { type: 'boolean', default: false },
        'ignore-case': { type: 'boolean', default: false },
      },
    }),
  );
  const root = positional(positionals, 0, 'DIR');
  const pattern = positional(positionals, 1, 'PATTERN');
  refuseMoreThan(2, positionals);
  if (Buffer.byteLength(pattern) > MAX_PATTERN_BYTES) {
    throw usageError(`PATTERN is longer than ${MAX_PATTERN_BYTES} bytes.`);
  }
  return {
    command: 'search',
    root: resolve(folder, root),
    pattern,
    regex: values.regex,
    ignoreCase: values['ignore-case'],
  };
}

function refuseAsUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw usageError(reasonOf(error));
  }
}

function positional(given: readonly string[], index: number, name: string): string {
  const value = given[index];
  if (!value) throw usageError(`${name} is missing.`);
  return value;
}

function refuseMoreThan(count: number, given: readonly string[]): void {
  const extra = given[count];
  if (extra !== undefined) throw usageError(`${JSON.stringify(extra)} is one argument too many.`);
}
