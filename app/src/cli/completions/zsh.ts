import type { CommandWords } from './tree.ts';

export function writeZsh(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name, text }) => `    ${quote(`${escape(name)}:${text}`)}`);
  const cases = commands.map(({ name, options, first }) => {
    const specs = options.flatMap(({ words, text, value }) => {
      const action =
        value === 'none' ? '' : `:${value}:${value === 'file' ? '_files' : value === 'folder' ? '_files -/' : ' '}`;
      return words.map((word) => quote(`${word}[${text.replaceAll(/[[\]]/g, '\\$&')}]${action}`));
    });
    return `    ${name}) _arguments ${[...specs, quote(`1:${actionOf(first)}`), "'*: :'"].join(' ')} ;;`;
  });
  return `#compdef ipc-link
# Completions of ipc-link for zsh: source <(ipc-link completions zsh), behind compinit.
_ipc_link_names() {
  local -a names
  names=("\${(@f)$(ipc-link list --names 2>/dev/null)}")
  compadd -a names
}
_ipc_link() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
compdef _ipc_link ipc-link
`;
}

function actionOf(first: CommandWords['first']): string {
  if (first === 'none') return ' : ';
  if (first === 'file') return 'file:_files';
  return first === 'name' ? 'name:_ipc_link_names' : `what:(${first.join(' ')})`;
}

function escape(text: string): string {
  return text.replaceAll(':', '\\:');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
