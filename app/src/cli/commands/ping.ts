import { setTimeout as wait } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { ReplyError, type Server } from 'ipc-link';
import { formatLatency } from '../../console/format.ts';
import type { CliContext } from '../context.ts';
import { addServerFlags, type ServerFlags } from '../find/server-options.ts';
import { connectServerOrHost } from '../find/target.ts';
import { milliseconds, wholeNumber } from '../parse.ts';
import { toJson } from '../text/to-json.ts';

interface PingFlags extends ServerFlags {
  readonly count: number;
  readonly interval: number;
  readonly json?: boolean;
}

/** A task that nobody handles, so that every peer refuses it at once and no listener hears of it. */
const PING_TASK = 'ipc-link.ping';

export function pingCommand(context: CliContext): Command {
  const command = new Command('ping')
    .summary('measure round trips to a Server')
    .description(
      'Connect to a Server, or to a host that allows inspection, and measure how long requests take there and back. Its handlers and listeners hear nothing of it.',
    )
    .argument('<server>', 'name of the Server')
    .addOption(new Option('-c, --count <n>', 'round trips').argParser(wholeNumber).default(4))
    .addOption(new Option('-i, --interval <ms>', 'wait between them').argParser(milliseconds).default(200))
    .option('--json', 'one object of JSON: { server, connectMs, roundTripsMs }');
  return addServerFlags(command).action((name: string, flags: PingFlags) => ping(name, flags, context));
}

async function ping(name: string, flags: PingFlags, { out, paint, interrupt }: CliContext): Promise<void> {
  const { count, interval, json = false } = flags;
  const begun = performance.now();
  using target = await connectServerOrHost(name, flags);
  const connectMs = performance.now() - begun;
  const roundTripsMs: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    if (sent > 0) await wait(interval, undefined, { signal: interrupt });
    const tookMs = await measure(target.server, target.peer, { signal: interrupt, timeout: flags.timeout });
    roundTripsMs.push(tookMs);
    if (!json) await out.write(`${paint('bold', name)}: ${formatLatency(tookMs)}\n`);
  }
  const sorted = roundTripsMs.toSorted((one, other) => one - other);
  const at = (share: number): string => formatLatency(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  await out.write(
    json
      ? `${toJson({ server: name, connectMs, roundTripsMs })}\n`
      : `connected in ${formatLatency(connectMs)}; min ${at(0)}, median ${at(0.5)}, max ${at(1)}\n`,
  );
}

async function measure(
  server: Server,
  peer: string,
  options: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<number> {
  const sentAt = performance.now();
  try {
    await server.send(peer, undefined, { ...options, task: PING_TASK });
  } catch (error) {
    // The refusal is the answer; it has been there and back.
    if (!(error instanceof ReplyError)) throw error;
  }
  return performance.now() - sentAt;
}
