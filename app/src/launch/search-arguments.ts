import { type Command as Parser, Option } from 'commander';
import { type Call, newParser, readPaths, type Subcommand, type Values } from './call.ts';
import type { SearchCommand } from './command.ts';
import { usageError } from './errors.ts';
import { chosen, collect, printOptions, toCount, whatOptions } from './search-options.ts';

/** The contract's limit for a pattern, in characters. */
const MAX_PATTERN_LENGTH = 32_768;

/** The command `search`. */
export const searchSubcommand: Subcommand = {
  createParser: searchParser,
  read: readSearch,
  exitCodes: `
Exit codes, as grep's and ripgrep's: 0 found, 1 nothing found, 2 something failed (also beside matches) or wrong usage.
129, 130, 143: ended by SIGHUP, SIGINT, SIGTERM.
`,
};

function searchParser(): Parser {
  const parser = newParser('search')
    .usage('PATH... PATTERN [options]')
    .description(
      'Prints each line that holds PATTERN as path:line:column:text. Options mean what they mean to ripgrep.',
    )
    .argument('[path...]', 'files and folders; - for a list of paths on stdin')
    .addOption(new Option('--regex', "PATTERN is a regular expression, in the syntax of Rust's regex crate"))
    .addOption(
      new Option('-e, --regexp <pattern>', 'a pattern; may be repeated; all arguments are then paths').argParser(
        collect,
      ),
    );
  for (const option of [...whatOptions(), contextOption(), ...printOptions()]) parser.addOption(option);
  return parser.addOption(
    new Option('--color <when>', 'colour matches; auto does so on a terminal')
      .choices(['auto', 'always', 'never'])
      .default('auto'),
  );
}

function contextOption(): Option {
  return new Option('-C, --context <n>', 'lines before and after each match').argParser(toCount);
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
