import type { CommandWords } from './tree.ts';

/** Needs nothing but bash itself, not the package bash-completion. */
export function writeBash(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, options, first }) => {
    const words = options.flatMap((option) => option.words).join(' ');
    const ofFiles = options.filter(({ value }) => value === 'file' || value === 'folder');
    const files = ofFiles.flatMap((option) => option.words).join('|');
    const texts = options
      .filter(({ value }) => value === 'text')
      .flatMap((option) => option.words)
      .join('|');
    return [
      `    ${name})`,
      ...(files === ''
        ? []
        : [`      case "$before" in ${files}) COMPREPLY=($(compgen -f -- "$word")); return ;; esac`]),
      ...(texts === '' ? [] : [`      case "$before" in ${texts}) return ;; esac`]),
      `      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${words}' -- "$word")); return; fi`,
      `      ${completeFirst(first)}`,
      '      ;;',
    ].join('\n');
  });
  return `# Completions of ipc-link for bash: source <(ipc-link completions bash)
_ipc_link() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} IFS=$' \\t\\n'
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
}
complete -F _ipc_link ipc-link
`;
}

function completeFirst(first: CommandWords['first']): string {
  if (first === 'none') return ':';
  if (first === 'file') return 'COMPREPLY=($(compgen -f -- "$word"))';
  if (first !== 'name') return `COMPREPLY=($(compgen -W '${first.join(' ')}' -- "$word"))`;
  // Names may hold spaces; nothing in them is evaluated.
  return `local name; while IFS= read -r name; do [[ $name == "$word"* ]] && COMPREPLY+=("$(printf %q "$name")"); done < <("\${COMP_WORDS[0]}" list --names 2>/dev/null)`;
}
