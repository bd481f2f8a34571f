import type { Command } from 'commander';
import { agentCommand } from './commands/agent.ts';
import { benchCommand } from './commands/bench.ts';
import { completionsCommand } from './commands/completions.ts';
import { listCommand } from './commands/list.ts';
import { pingCommand } from './commands/ping.ts';
import { sendCommand } from './commands/send.ts';
import { serveCommand } from './commands/serve.ts';
import { topCommand } from './commands/top.ts';
import { traceCommand } from './commands/trace.ts';
import type { CliContext } from './context.ts';

/** Every command, in the order of the help. */
export const commands: readonly ((context: CliContext) => Command)[] = [
  listCommand,
  pingCommand,
  sendCommand,
  traceCommand,
  topCommand,
  serveCommand,
  agentCommand,
  benchCommand,
  completionsCommand,
];
