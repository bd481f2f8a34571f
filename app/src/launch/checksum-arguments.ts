import type { ChecksumAlgorithm } from '#contracts/files';
import { type Command as Parser, Option } from 'commander';
import { resolve } from 'node:path';
import { type Call, newParser, readPaths, type Subcommand, type Values } from './call.ts';
import type { ChecksumCommand, VerifyCommand } from './command.ts';
import { usageError } from './errors.ts';
import { collect } from './search-options.ts';

const ALGORITHMS: readonly ChecksumAlgorithm[] = [
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

/** The command `checksum`, with and without `--check`. */
export const checksumSubcommand: Subcommand = {
  createParser: checksumParser,
  read: readChecksum,
  exitCodes: `
Exit codes, as sha256sum's: 0 done (with --check: all is right), 1 something failed, 2 wrong usage.
129, 130, 143: ended by SIGHUP, SIGINT, SIGTERM.
`,
};

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
    new Option(
      '-c, --check <manifest>',
      'compare with a manifest; files of DIR that it does not list are reported too',
    ),
    new Option('--quiet', 'with --check: no OK lines'),
    new Option('--status', 'with --check: no lines, only the exit code'),
    new Option('--strict', 'with --check: fail when a line can not be parsed'),
    new Option('-w, --warn', 'with --check: name each line that can not be parsed'),
    new Option('--ignore-missing', 'with --check: ignore files that do not exist'),
  ];
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
    throw usageError('--summary needs --output: without it the manifest itself is printed on stdout.');
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

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
