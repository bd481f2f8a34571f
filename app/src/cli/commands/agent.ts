import { Command } from 'commander';
import { printable } from 'ipc-link';
import type { Agent } from '../../nats/index.ts';
import type { AgentFlags } from '../agent/read-agent-options.ts';
import type { CliContext } from '../context.ts';
import { wholeNumber } from '../parse.ts';

export function agentCommand(context: CliContext): Command {
  return new Command('agent')
    .summary('offer this machine to the apps of a group')
    .description(
      `Offer this machine to the apps of a group, which find it through NATS: the sidecars that the configuration names are started when apps ask for them. It ends on SIGTERM or Ctrl-C, when the apps have let their calls finish (30 s at most); a second one ends it at once.

FILE is JSON: servers, group, secretFile, tls { ca, cert, key }, entries { NAME: { entry, args, execArgv, env, cwd } }, and if need be authentication { credentialsFile | nkeyFile | user, passwordFile | tokenFile }, serverTls, max. Its paths are relative to its folder.`,
    )
    .requiredOption('--config <file>', 'what it may start, and how it reaches the group')
    .option('--nats <url...>', "NATS servers, in place of the configuration's")
    .option('--group <text>', "in place of the configuration's")
    .option('--tls <folder>', "where ca.pem, cert.pem and key.pem are, in place of the configuration's tls")
    .option('--max <n>', "processes at once, in place of the configuration's", wholeNumber)
    .action((flags: AgentFlags) => runUntilStopped(flags, context));
}

async function runUntilStopped(flags: AgentFlags, { tell }: CliContext): Promise<void> {
  const print = (line: string): void => tell(`${printable(line)}\n`);
  const { readAgentOptions } = await import('../agent/read-agent-options.ts');
  const options = await readAgentOptions(flags);
  const { runAgent } = await import('../../nats/index.ts');
  const agent = await runAgent({ ...options, log: print });
  print(`agent ${agent.name}: group ${options.group}, at most ${agent.status().max} processes`);
  endOnSignal(agent);
  await agent.closed;
}

function endOnSignal(agent: Agent): void {
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void agent.stop(signals++ === 0 ? {} : { drain: 0 }));
  }
}
