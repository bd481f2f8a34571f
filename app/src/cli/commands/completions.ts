import { Argument, Command } from 'commander';
import { writeBash } from '../completions/bash.ts';
import { writeFish } from '../completions/fish.ts';
import { readTree } from '../completions/tree.ts';
import { writeZsh } from '../completions/zsh.ts';
import type { CliContext } from '../context.ts';

const writers = { bash: writeBash, zsh: writeZsh, fish: writeFish };

export function completionsCommand({ out }: CliContext): Command {
  return new Command('completions')
    .summary('print a script that completes commands, options and names')
    .description(
      `Print a script for a shell that completes commands, options and the names of Servers and hosts.

  bash:  source <(ipc-link completions bash)          in ~/.bashrc
  zsh:   source <(ipc-link completions zsh)           in ~/.zshrc, behind compinit
  fish:  ipc-link completions fish > ~/.config/fish/completions/ipc-link.fish`,
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(writers)))
    .action(async (shell: keyof typeof writers, _flags: unknown, command: Command) => {
      await out.write(writers[shell](readTree(command.parent ?? command)));
    });
}
