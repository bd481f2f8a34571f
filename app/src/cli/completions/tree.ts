import type { Command } from 'commander';

/** An option of a command. */
export interface OptionWords {
  /** As it is typed: `--json`, and `-c` where it has a short form. */
  readonly words: readonly string[];
  readonly text: string;
  /** What follows it. */
  readonly value: 'none' | 'file' | 'folder' | 'text';
}

/** What can be typed behind a command's name. */
export interface CommandWords {
  readonly name: string;
  readonly text: string;
  readonly options: readonly OptionWords[];
  /** What its first argument is. */
  readonly first: 'none' | 'name' | 'file' | readonly string[];
}

/** Reads what the commands are from the parser, so that the completions can't differ from them. */
export function readTree(program: Command): CommandWords[] {
  const help = program.createHelp();
  return help.visibleCommands(program).map((command) => ({
    name: command.name(),
    text: command.summary() || command.description(),
    options: help.visibleOptions(command).map((option) => ({
      words: [option.short, option.long].filter((word) => word !== undefined),
      text: option.description,
      value: valueOf(option.flags),
    })),
    first: firstOf(command),
  }));
}

function valueOf(flags: string): OptionWords['value'] {
  const placeholder = /<(\w+)/.exec(flags)?.[1];
  if (placeholder === undefined) return 'none';
  return placeholder === 'file' || placeholder === 'folder' ? placeholder : 'text';
}

function firstOf(command: Command): CommandWords['first'] {
  const [argument] = command.registeredArguments;
  if (command.name() === 'help') return 'none';
  if (argument === undefined) return 'none';
  if (argument.argChoices !== undefined) return argument.argChoices;
  return argument.name() === 'entry' ? 'file' : 'name';
}
