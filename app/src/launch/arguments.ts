import { resolve } from 'node:path';
import { Command as Parser, CommanderError, Option } from 'commander';
import type { ChecksumAlgorithm } from '@ipc-link/shared/contracts/files';
import type { ChecksumCommand, Command, PathArguments, SearchCommand, VerifyCommand } from './command.ts';
import { usageError } from './errors.ts';
import { chosen, collect, printOptions, toCount, whatOptions } from './search-options.ts';

/** What the user asked of `npm start`. */
export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'window' }
  | { readonly kind: 'command'; readonly command: Command };

/** Printed for `--help`, and on stderr after a mistake. */
export const USAGE = `Usage: npm start                                       open the app
       npm start -- checksum PATH... [options]         print the checksum of every file under PATH
       npm start -- checksum [DIR] --check MANIFEST    compare the files with a manifest
       npm start -- search PATH... PATTERN [options]   print every line under PATH that holds PATTERN
       npm start -- checksum --help                    all options; also: search --help

PATH may be a file or a folder, or - for a list of paths on stdin.
`;

const EXIT_CODES = {
  checksum: `
Exit codes, as sha256sum's: 0 done (with --check: all is right), 1 something failed, 2 wrong usage.
129, 130, 143: ended by SIGHUP, SIGINT, SIGTERM.
`,
  search: `
Exit codes, as grep's and ripgrep's: 0 found, 1 nothing found, 2 something failed (also beside matches) or wrong usage.
129, 130, 143: ended by SIGHUP, SIGINT, SIGTERM.
`,
};

export const ALGORITHMS: readonly ChecksumAlgorithm[] = [
  'md5',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'sha3-512',
  'blake2b',
  'blake3',
];

/** As long as the contract takes. */
const MAX_PATTERN_LENGTH = 32_768;

/**
 * Reads the arguments that follow `npm start --`.
 *
 * @param from.folder the folder that relative paths start from: where the user called from
 * @param from.rawArgs the same arguments as bytes, where they are known: a name need not be UTF-8
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
      return parse(checksumParser(), call, readChecksum);
    case 'search':
      return parse(searchParser(), call, readSearch);
    default:
      throw usageError(`There is no command ${JSON.stringify(command)}.`);
  }
}

interface Call {
  readonly args: readonly string[];
  readonly folder: string;
  readonly raw: ReadonlyMap<string, Uint8Array | undefined>;
}

type Values = Readonly<Record<string, unknown>>;

function parse(parser: Parser, call: Call, read: (values: Values, args: string[], call: Call) => Command): Invocation {
  if (asksForHelp(call.args))
    return { kind: 'help', text: parser.helpInformation() + EXIT_CODES[read === readSearch ? 'search' : 'checksum'] };
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

function newParser(name: string): Parser {
  return new Parser(`npm start -- ${name}`)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ helpWidth: 100 })
    .helpOption('-h, --help', 'print this');
}

function checksumParser(): Parser {
  const parser = newParser('checksum')
    .description(
      'Prints the digest of every file, hidden ones too, in the form of sha256sum. Symbolic links are not followed.',
    )
    .argument('[path...]', 'files and folders; - for a list of paths on stdin');
  for (const option of checksumOptions()) parser.addOption(option);
  return parser;
}

function checksumOptions(): Option[] {
  return [
    new Option(
      '-a, --algorithm <name>',
      `${ALGORITHMS.join(', ')}; several in one read, each after its own -a (default: sha256)`,
    ).argParser(collect),
    new Option('--tag', 'lines that name their algorithm; always with several algorithms'),
    new Option('-o, --output <file>', 'write the manifest to FILE, whole or not at all'),
    new Option('--summary', 'print a summary on stdout; needs --output'),
    new Option('-c, --check <manifest>', 'compare with a manifest; under a DIR new files are told too'),
    new Option('--quiet', 'with --check: no OK lines'),
    new Option('--status', 'with --check: no lines, only the exit code'),
    new Option('--strict', 'with --check: fail when a line is not understood'),
    new Option('-w, --warn', 'with --check: name each line that is not understood'),
    new Option('--ignore-missing', 'with --check: pass over files that are not there'),
  ];
}

function searchParser(): Parser {
  const parser = newParser('search')
    .usage('PATH... PATTERN [options]')
    .description(
      'Prints each line that holds PATTERN as path:line:column:text. Options mean what they mean to ripgrep.',
    )
    .argument('[path...]', 'files and folders; - for a list of paths on stdin')
    .addOption(new Option('--regex', "PATTERN is a regular expression, in the syntax of Rust's regex crate"))
    .addOption(
      new Option('-e, --regexp <pattern>', 'a pattern; several times for several; all others are paths then').argParser(
        collect,
      ),
    );
  for (const option of [...whatOptions(), contextOption(), ...printOptions()]) parser.addOption(option);
  return parser.addOption(
    new Option('--color <when>', 'matches are coloured: auto is on a terminal')
      .choices(['auto', 'always', 'never'])
      .default('auto'),
  );
}

function contextOption(): Option {
  return new Option('-C, --context <n>', 'lines before and after each match').argParser(toCount);
}

function readChecksum(values: Values, args: string[], call: Call): ChecksumCommand | VerifyCommand {
  const { algorithm, tag, output, summary, check, ...checking } = values;
  const algorithms = readAlgorithms(algorithm);
  if (typeof check === 'string') return readVerify(check, { algorithms, args, call, values });
  const extra = Object.keys(checking)[0];
  if (extra !== undefined) throw usageError(`--${kebab(extra)} needs --check.`);
  if (args.length === 0) throw usageError('PATH is missing.');
  if (output === '') throw usageError('--output needs the name of a file.');
  if (summary === true && output === undefined)
    throw usageError('--summary needs --output: stdout holds the manifest otherwise.');
  return {
    command: 'checksum',
    ...readPaths(args, call),
    algorithms: algorithms.length === 0 ? ['sha256'] : algorithms,
    ...(tag === true ? { tag } : {}),
    ...(typeof output === 'string' ? { output: resolve(call.folder, output) } : {}),
    ...(summary === true ? { summary } : {}),
  };
}

function readVerify(
  check: string,
  {
    algorithms,
    args,
    call,
    values,
  }: {
    readonly algorithms: readonly ChecksumAlgorithm[];
    readonly args: string[];
    readonly call: Call;
    readonly values: Values;
  },
): VerifyCommand {
  const extra = ['output', 'summary', 'tag'].find((name) => values[name] !== undefined);
  if (extra !== undefined) throw usageError(`--${extra} can't be used with --check.`);
  if (check === '') throw usageError('--check needs the name of a manifest.');
  if (args.length > 1) throw usageError(`${JSON.stringify(args[1])} is one argument too many.`);
  if (algorithms.length > 1) throw usageError('--check takes one --algorithm at most.');
  const flags = ['quiet', 'status', 'strict', 'warn', 'ignoreMissing'] as const;
  return {
    command: 'verify',
    ...readPaths(args, call),
    manifest: resolve(call.folder, check),
    ...(algorithms[0] === undefined ? {} : { algorithm: algorithms[0] }),
    ...Object.fromEntries(flags.filter((name) => values[name] === true).map((name) => [name, true])),
  };
}

function readAlgorithms(given: unknown): ChecksumAlgorithm[] {
  const names = Array.isArray(given) ? given.map(String) : [];
  return [...new Set(names)].map((name) => {
    const known = ALGORITHMS.find((each) => each === name);
    if (known === undefined) throw usageError(`--algorithm is ${ALGORITHMS.join(', ')}, not ${JSON.stringify(name)}.`);
    return known;
  });
}

function readSearch(values: Values, args: string[], call: Call): SearchCommand {
  const given = Array.isArray(values['regexp']) ? values['regexp'].map(String) : undefined;
  const pattern = given ?? args.slice(-1);
  const paths = given === undefined ? args.slice(0, -1) : args;
  if (args.length === 0) throw usageError('PATH is missing.');
  if (paths.length === 0 || pattern.some((each) => each === '')) throw usageError('PATTERN is missing.');
  if (pattern.some((each) => each.length > MAX_PATTERN_LENGTH))
    throw usageError(`PATTERN is longer than ${MAX_PATTERN_LENGTH} characters.`);
  const { context } = values;
  const around = typeof context === 'number' ? { beforeContext: context, afterContext: context } : {};
  const { color } = values;
  return {
    command: 'search',
    ...readPaths(paths, call),
    pattern,
    regex: values['regex'] === true,
    options: { ...around, ...chosen(whatOptions(), values) },
    print: chosen(printOptions(), values),
    color: color === 'always' || color === 'never' ? color : 'auto',
  };
}

function readPaths(args: readonly string[], { folder, raw }: Call): PathArguments {
  if (args.includes('')) throw usageError('PATH is missing.');
  const paths = args.filter((arg) => arg !== '-').map((arg) => (arg.includes('\uFFFD') ? (raw.get(arg) ?? arg) : arg));
  return { folder, paths, ...(args.includes('-') ? { listed: true } : {}) };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Commander's `error: unknown option '--x'` as this program says it. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`;
}
