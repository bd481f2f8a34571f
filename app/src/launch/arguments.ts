import { CommanderError } from 'commander';
import type { Call, Subcommand } from './call.ts';
import { checksumSubcommand } from './checksum-arguments.ts';
import type { Command } from './command.ts';
import { usageError } from './errors.ts';
import { searchSubcommand } from './search-arguments.ts';
import { thumbnailsSubcommand } from './thumbnails-arguments.ts';

/** What the arguments of `npm start` ask for. */
export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'window' }
  | { readonly kind: 'command'; readonly command: Command };

/** Printed for `--help`, and on stderr after a mistake. */
export const USAGE = `Usage: npm start                                       open the app
       npm start -- checksum PATH... [options]         print the checksum of every file under PATH
       npm start -- checksum [DIR] --check MANIFEST    compare the files with a manifest
       npm start -- search PATH... PATTERN [options]   print every line under PATH that holds PATTERN
       npm start -- thumbnails DIR --out DIR           write a WebP thumbnail of every image in DIR
       npm start -- checksum --help                    all options; also: search --help, thumbnails --help

PATH may be a file or a folder, or - for a list of paths on stdin.
`;

/**
 * Reads the arguments that follow `npm start --`.
 *
 * @param from.folder folder that relative paths start from: the one in which the user ran the command
 * @param from.rawArgs the same arguments as bytes, where the system offers them, because a name need not be UTF-8
 * @throws LaunchError `ERR_LAUNCH_USAGE`
 */
export function parseInvocation(
  args: readonly string[],
  { folder, rawArgs = [] }: { readonly folder: string; readonly rawArgs?: readonly Uint8Array[] },
): Invocation {
  const [command, ...rest] = args;
  const call: Call = { args: rest, folder, raw: new Map(args.map((arg, index) => [arg, rawArgs[index]])) };
  switch (command) {
    case undefined:
      return { kind: 'window' };
    case '--help':
    case '-h':
      return { kind: 'help', text: USAGE };
    case 'checksum':
      return parse(checksumSubcommand, call);
    case 'search':
      return parse(searchSubcommand, call);
    case 'thumbnails':
      return parse(thumbnailsSubcommand, call);
    default:
      throw usageError(`There is no command ${JSON.stringify(command)}.`);
  }
}

function parse({ createParser, read, exitCodes }: Subcommand, call: Call): Invocation {
  const parser = createParser();
  if (asksForHelp(call.args)) return { kind: 'help', text: parser.helpInformation() + exitCodes };
  try {
    parser.parse(call.args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw usageError(sentence(error.message));
    throw error;
  }
  return { kind: 'command', command: read(parser.opts(), parser.args, call) };
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

/** Turns Commander's `error: unknown option '--x'` into a sentence. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`;
}
