import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import { addPlace, type ServerFlags } from '../find/server-options.ts';
import { wholeNumber } from '../parse.ts';

export interface ServeFlags extends Pick<ServerFlags, 'socketRoot' | 'appspace'> {
  readonly name?: string;
  readonly instances: number;
}

export function serveCommand(context: CliContext): Command {
  const command = new Command('serve')
    .summary('try out a sidecar: run it under a host and let others call it')
    .description(
      `Run a sidecar under a small host until Ctrl-C, and listen as a Server, so that 'ipc-link send' and other programs of this user can call it. 'list', 'top' and 'trace' show the host.

ENTRY is the entry of a sidecar, which calls serve(), or a module: its exported functions become tasks, and its exported generator functions streams, of a contract that has the file's name.`,
    )
    .argument('<entry>', 'JavaScript file of the sidecar, or a module with functions')
    .argument('[args...]', 'arguments for it')
    .option('--name <text>', "name to listen as (default: the contract's)")
    .addOption(new Option('--instances <n>', 'processes').argParser(wholeNumber).default(1));
  return addPlace(command).action(async (entry: string, args: string[], flags: ServeFlags) => {
    const { serveEntry } = await import('../serve/serve-entry.ts');
    await serveEntry({ entry: resolve(entry), args, flags }, context);
  });
}
