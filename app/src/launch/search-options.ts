import { InvalidArgumentError, Option } from 'commander';

/** Options of `search` with ripgrep's names and meanings. The sidecar passes them to ripgrep by these names. */
export function whatOptions(): Option[] {
  return [
    new Option('-i, --ignore-case', 'upper and lower case are the same'),
    new Option('-S, --smart-case', 'as -i, unless PATTERN has an upper-case letter'),
    new Option('-w, --word-regexp', 'only whole words match'),
    new Option('-x, --line-regexp', 'only whole lines match'),
    new Option('-v, --invert-match', 'print the lines that do not match'),
    new Option('-U, --multiline', 'a match may reach over several lines'),
    new Option('--multiline-dotall', 'with -U: . matches a line break too'),
    new Option('--crlf', '\\r\\n ends a line, so that $ matches before it'),
    new Option(
      '--engine <engine>',
      'default is linear and has no look-around or back-references, pcre2 has both',
    ).choices(['auto', 'default', 'pcre2']),
    new Option('--hidden', 'hidden files and folders too'),
    new Option('--no-ignore', 'what .gitignore, .ignore and .rgignore leave out too'),
    new Option('-a, --text', 'binary files as if they were text'),
    new Option('-g, --glob <glob>', 'only files that match; !GLOB leaves files out').argParser(collect),
    new Option('--iglob <glob>', 'as -g, without regard to case').argParser(collect),
    new Option('-t, --type <type>', 'only files of a type, such as ts').argParser(collect),
    new Option('-T, --type-not <type>', 'no files of a type').argParser(collect),
    new Option('-d, --max-depth <n>', 'how many folders deep').argParser(toCount),
    new Option('--max-filesize <size>', 'no larger files: bytes, or with K, M or G'),
    new Option('--one-file-system', 'stay on the file system of each path'),
    new Option('-E, --encoding <name>', 'such as latin1 (default: UTF-8, or what a byte order mark says)'),
    new Option('-m, --max-count <n>', 'matching lines of each file').argParser(toCount),
    new Option('-B, --before-context <n>', 'lines before each match').argParser(toCount),
    new Option('-A, --after-context <n>', 'lines after each match').argParser(toCount),
    new Option('--sort <order>', 'path, modified, accessed or created; slower').choices([
      'none',
      'path',
      'modified',
      'accessed',
      'created',
    ]),
  ];
}

/** How hits are printed. */
export function printOptions(): Option[] {
  return [
    new Option('--vimgrep', 'a line for each match, not for each line'),
    new Option('-c, --count', 'the number of matching lines of each file'),
    new Option('--count-matches', 'the number of matches of each file'),
    new Option('-l, --files-with-matches', 'only the names of files with a match'),
    new Option('--files-without-match', 'only the names of files without a match'),
    new Option('-o, --only-matching', 'only what matched'),
    new Option('--json', "JSON lines in ripgrep's shape"),
    new Option('-0, --null', 'a NUL byte after each path'),
    new Option('--heading', 'the path once, above the lines of its file'),
    new Option('--no-column', 'without the column (bytes from 1; characters are in the window)'),
    new Option('-N, --no-line-number', 'without the line number'),
    new Option('-I, --no-filename', 'without the path'),
    new Option('-M, --max-columns <n>', 'leave out lines with more bytes, and say so').argParser(toCount),
    new Option('--max-columns-preview', 'with -M: cut such lines, with a mark where'),
    new Option('--trim', 'without white space before a line'),
    new Option('--stats', 'figures about the search after it'),
  ];
}

/** The values of the options that the user gave, by ripgrep's long names in camel case. */
export function chosen(options: readonly Option[], values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = options.map((option): [string, unknown] => {
    const name = option.attributeName();
    // Commander stores `--no-ignore` negated: `ignore` is true unless the option was given.
    if (option.negate)
      return [`no${name.charAt(0).toUpperCase()}${name.slice(1)}`, values[name] === false || undefined];
    return [name, values[name]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export function toCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is a whole number.');
  return Number(value);
}

/** Collects the values of an option that may be repeated. Each time the option takes only the next argument. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
