import type { CommandWords, OptionWords } from './tree.ts';

export function writeFish(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, text, options, first }) => [
    `complete -c ipc-link -n __fish_use_subcommand -f -a ${name} -d ${quote(text)}`,
    ...completeFirst(name, first),
    ...options.map(
      (option) => `complete -c ipc-link -n ${quote(`__fish_seen_subcommand_from ${name}`)} ${flagsOf(option)}`,
    ),
  ]);
  return `# Completions of ipc-link for fish: ipc-link completions fish > ~/.config/fish/completions/ipc-link.fish
complete -c ipc-link -f
${lines.join('\n')}
`;
}

function completeFirst(name: string, first: CommandWords['first']): string[] {
  const to = `complete -c ipc-link -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  if (first === 'none') return [];
  if (first === 'file') return [`${to} -F`];
  return [`${to} -a ${quote(first === 'name' ? '(ipc-link list --names 2>/dev/null)' : first.join(' '))}`];
}

function flagsOf({ words, text, value }: OptionWords): string {
  const flags = words.map((word) => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`));
  const needs = value === 'none' ? '' : value === 'text' ? ' -x' : ' -r -F';
  return `${flags.join(' ')}${needs} -d ${quote(text)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
