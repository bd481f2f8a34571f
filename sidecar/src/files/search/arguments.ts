import type { PrintOptions, SearchInput } from '#contracts/files';

/** Arguments of every search. The user's own configuration is ignored; `--debug` reports each binary file that is left out. */
const ALWAYS = [
  '--no-config',
  '--debug',
  '--color=never',
  ...(process.platform === 'win32' ? ['--path-separator=/'] : []),
];

/** @returns ripgrep's arguments for a search, without the paths. Options have ripgrep's names, so that no table maps them. */
export function searchArguments(input: SearchInput): string[] {
  const { root: _root, paths: _paths, outputs: _outputs, pattern, regex = false, engine = 'auto', ...options } = input;
  const patterns = typeof pattern === 'string' ? [pattern] : pattern;
  return [
    ...ALWAYS,
    ...(regex ? [] : ['--fixed-strings']),
    `--engine=${engine === 'auto' && asksForLineBreak(input) ? 'default' : engine}`,
    ...toArguments(options),
    ...patterns.map((each) => `--regexp=${each}`),
  ];
}

/** @returns ripgrep's arguments for its output: `path:line:column:text`, unless the options ask for another format. */
export function printArguments({ json = false, ...options }: PrintOptions): string[] {
  if (json) return ['--json'];
  return ['--with-filename', '--line-number', '--column', '--no-heading', ...toArguments(options)];
}

/** `{ maxDepth: 3, glob: ['a', 'b'], hidden: true }` is `--max-depth=3 --glob=a --glob=b --hidden`. */
function toArguments(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === undefined || value === false) return [];
    if (value === true) return [option];
    return (Array.isArray(value) ? value : [value]).map((each) => `${option}=${String(each)}`);
  });
}

/**
 * Whether a pattern without `multiline` contains a line break. ripgrep's default engine refuses it and names the option that
 * allows it, whereas PCRE2 would accept it and find nothing.
 */
function asksForLineBreak({ pattern, regex = false, multiline = false }: SearchInput): boolean {
  const patterns = typeof pattern === 'string' ? [pattern] : pattern;
  return !multiline && patterns.some((each) => each.includes('\n') || (regex && /\\(n|x0a|u000a)/i.test(each)));
}
