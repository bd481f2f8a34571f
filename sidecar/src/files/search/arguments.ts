import type { PrintOptions, SearchInput } from '#contracts/files';

/** What each search is run with: no settings of the user's own, and a word about every binary file that is left out. */
const ALWAYS = [
  '--no-config',
  '--debug',
  '--color=never',
  ...(process.platform === 'win32' ? ['--path-separator=/'] : []),
];

/** ripgrep's arguments for a search, without the paths. Options carry ripgrep's names, so nothing is mapped by hand. */
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

/** Arguments for printing as people and scripts read it: `path:line:column:text`, unless something else is asked for. */
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
 * The engine in linear time refuses a line break in a search by lines, and says which option allows it. PCRE2 would take
 * it and find nothing.
 */
function asksForLineBreak({ pattern, regex = false, multiline = false }: SearchInput): boolean {
  const patterns = typeof pattern === 'string' ? [pattern] : pattern;
  return !multiline && patterns.some((each) => each.includes('\n') || (regex && /\\(n|x0a|u000a)/i.test(each)));
}
