import { Command, Option } from 'commander';
import { printable } from 'ipc-link';
import { formatLatency, formatRate } from '../../console/format.ts';
import { formatThroughput } from '../../renderer/src/format/bytes.ts';
import type { CliContext } from '../context.ts';
import { findHost } from '../find/hosts.ts';
import { type HostReading, WatchedHosts } from '../find/watched-host.ts';
import { milliseconds, wholeNumber } from '../parse.ts';
import { instanceColumns } from '../text/instances.ts';
import type { Paint } from '../text/paint.ts';
import { onQuitKey, Screen } from '../text/screen.ts';
import { formatTable } from '../text/table.ts';
import { toJson } from '../text/to-json.ts';

interface TopFlags {
  readonly interval: number;
  readonly count?: number;
  readonly json?: boolean;
}

export function topCommand(context: CliContext): Command {
  return new Command('top')
    .summary('watch the instances of hosts')
    .description(
      'Show the instances of the hosts that allow inspection, again and again, until q or Ctrl-C. Where stdout is no terminal, they are printed once.',
    )
    .argument('[host]', 'name or process number of one host (default: all)')
    .addOption(new Option('-i, --interval <ms>', 'time between two readings').argParser(milliseconds).default(1_000))
    .addOption(new Option('-n, --count <n>', 'end after so many readings').argParser(wholeNumber))
    .option('--json', 'each reading as an object of JSON on a line')
    .action((host: string | undefined, flags: TopFlags) => top(host, flags, context));
}

async function top(wanted: string | undefined, flags: TopFlags, context: CliContext): Promise<void> {
  if (wanted !== undefined) await findHost(wanted);
  const isScreen = context.out.isTerminal && flags.json !== true && flags.count === undefined;
  const isEndless = isScreen || flags.json === true;
  const count = flags.count ?? (isEndless ? Infinity : 1);
  using hosts = new WatchedHosts(
    flags.interval,
    ({ name, pid }) => wanted === undefined || name === wanted || String(pid) === wanted,
  );
  if (isScreen) return showOnScreen(hosts, context);
  const { out, paint, interrupt } = context;
  for await (const readings of readAgain(hosts, count, interrupt)) {
    await out.write(
      flags.json === true
        ? `${toJson({ hosts: readings.map(toRecord) })}\n`
        : `${describe(readings, paint).join('\n')}\n`,
    );
  }
}

/** Ends, without an error, when the signal is aborted. */
async function* readAgain(
  hosts: WatchedHosts,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<HostReading[], void> {
  for (let readings = 0; readings < count; readings++) {
    try {
      yield await hosts.read(signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }
}

async function showOnScreen(hosts: WatchedHosts, { out, paint, interrupt }: CliContext): Promise<void> {
  const quit = new AbortController();
  const endKeys = onQuitKey(process.stdin, () => quit.abort());
  const screen = new Screen(out, process.stdout);
  await screen.enter();
  try {
    await screen.show(['Waiting for the first readings']);
    for await (const readings of readAgain(hosts, Infinity, AbortSignal.any([interrupt, quit.signal]))) {
      const time = new Date().toLocaleTimeString('en-GB');
      await screen.show([paint('dim', `${time}  q quits`), '', ...describe(readings, paint)]);
    }
  } finally {
    endKeys();
    await screen.leave();
  }
}

function describe(readings: readonly HostReading[], paint: Paint): string[] {
  if (readings.length === 0) return ['No host allows inspection: see allowInspection() in docs/CLI.md.'];
  return readings.flatMap((reading) => [...describeHost(reading, paint), '']);
}

function describeHost({ name, pid, tick, isLate }: HostReading, paint: Paint): string[] {
  const title = `${paint('bold', printable(name))} (${pid})`;
  const late = isLate ? paint('red', '  does not answer') : '';
  if (tick === null) return [title + late];
  const { spanMs, calls, failures, p50, p99, bytes, loopDelay } = tick.figures;
  const perSecond = (amount: number): number => (spanMs > 0 ? (amount / spanMs) * 1_000 : 0);
  const latency = p50 === null || p99 === null ? '' : `, p50 ${formatLatency(p50)}, p99 ${formatLatency(p99)}`;
  const figures = [
    `${formatRate(perSecond(calls))} calls/s${latency}`,
    failures === 0 ? '' : paint('red', `${formatRate(perSecond(failures))} failed/s`),
    formatThroughput(perSecond(bytes)),
    `event loop held up ${formatLatency(loopDelay)}`,
  ];
  return [
    `${title}  ${figures.filter((figure) => figure !== '').join(', ')}${late}`,
    ...formatTable(instanceColumns(paint), tick.instances, paint),
  ];
}

function toRecord({ name, pid, tick, isLate }: HostReading): object {
  return { name, pid, isLate, figures: tick?.figures ?? null, instances: tick?.instances ?? [] };
}
