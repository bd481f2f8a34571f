import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { printable } from 'ipc-link';
import { formatLatency } from '../../console/format.ts';
import type { ConsoleCall, ConsoleLine, ConsoleTick } from '../../inspection/tick.ts';
import { toTrace } from '../../inspection/trace.ts';
import { formatBytes } from '../../renderer/src/format/bytes.ts';
import { formatCount, formatCounted } from '../../renderer/src/format/count.ts';
import type { CliContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { connectHost, findHost } from '../find/hosts.ts';
import { watchHost } from '../find/watch-host.ts';
import { milliseconds } from '../parse.ts';
import type { Paint } from '../text/paint.ts';
import { toJson } from '../text/to-json.ts';

interface TraceFlags {
  readonly json?: boolean;
  readonly perfetto?: string;
  readonly for: number;
}

/** How often calls come, in milliseconds, and the most of each kind that come at once: the host keeps a fair sample of more. */
const INTERVAL_MS = 100;
const KEPT = 5_000;
/** Most calls that a trace for Perfetto may have: the last ones. Some 100 MB of file. */
const MOST_CALLS = 500_000;

export function traceCommand(context: CliContext): Command {
  return new Command('trace')
    .summary('show the calls and log lines of a host live')
    .description(
      'Show the calls of a host that allows inspection as they settle, and the log lines of its sidecars, until Ctrl-C. What the messages hold is not shown: the link tells nobody.',
    )
    .argument('[host]', 'name or process number of the host; needed where there are several')
    .option('--json', 'each call and line as an object of JSON on a line')
    .option('--perfetto <file>', 'write the calls as a trace for https://ui.perfetto.dev, at the end')
    .addOption(new Option('--for <ms>', 'end after so long').argParser(milliseconds).default(Infinity, 'never'))
    .action((host: string | undefined, flags: TraceFlags) => trace(host, flags, context));
}

async function trace(wanted: string | undefined, flags: TraceFlags, context: CliContext): Promise<void> {
  const { perfetto } = flags;
  const endpoint = await findHost(wanted);
  using host = await connectHost(endpoint);
  const ticks = watchHost(host, { interval: INTERVAL_MS, kept: KEPT }, { signal: context.interrupt, forMs: flags.for });
  await (perfetto === undefined ? printTicks(ticks, flags, context) : record(ticks, perfetto, context));
}

async function printTicks(
  ticks: AsyncIterable<ConsoleTick>,
  { json = false }: TraceFlags,
  context: CliContext,
): Promise<void> {
  const { out, paint } = context;
  for await (const tick of ticks) {
    const calls = tick.calls.items.map((call) => ({ at: call.at, kind: 'call', call }) as const);
    const lines = tick.lines.items.map((line) => ({ at: line.at, kind: 'log', line }) as const);
    const all = [...calls, ...lines].toSorted((one, other) => one.at - other.at);
    const text = all.map((each) => {
      if (each.kind === 'log') return json ? toJson({ kind: 'log', ...each.line }) : describeLine(each.line, paint);
      const { bodies: _, ...call } = each.call;
      return json ? toJson({ kind: 'call', ...call }) : describeCall(each.call, paint);
    });
    await out.write(text.map((line) => `${line}\n`).join(''));
    await tellOmitted(tick, context);
  }
}

async function tellOmitted({ calls, lines }: ConsoleTick, { err }: CliContext): Promise<void> {
  const omitted = calls.total - calls.items.length + lines.total - lines.items.length;
  if (omitted > 0) await err.write(`${formatCounted(omitted, 'more call or line', 'more calls or lines')} not shown\n`);
}

async function record(ticks: AsyncIterable<ConsoleTick>, file: string, { err }: CliContext): Promise<void> {
  let calls: ConsoleCall[] = [];
  let totalCalls = 0;
  // A path that can't be written to is told now, and not when all is recorded.
  await writeTrace(file, { calls, totalCalls });
  let ending: CliError | null = null;
  try {
    for await (const tick of ticks) {
      totalCalls += tick.calls.total;
      calls.push(...tick.calls.items);
      if (calls.length > 2 * MOST_CALLS) calls = calls.slice(-MOST_CALLS);
    }
  } catch (error) {
    // A host that is gone leaves what it has told.
    if (!(error instanceof CliError)) throw error;
    ending = error;
  }
  calls = calls.slice(-MOST_CALLS);
  await writeTrace(file, { calls, totalCalls });
  await err.write(
    `${formatCount(calls.length)} of ${formatCounted(totalCalls, 'call')} written to ${printable(file)}\n`,
  );
  if (ending !== null) throw ending;
}

function writeTrace(file: string, seen: Parameters<typeof toTrace>[0]): Promise<void> {
  return writeFile(file, JSON.stringify(toTrace(seen)));
}

function describeCall(call: ConsoleCall, paint: Paint): string {
  const { at, peer, task, id, isStream, durationMs, requestBytes, replyBytes, failure } = call;
  const name = task ?? 'message';
  const sizes = `${formatBytes(requestBytes)} > ${formatBytes(replyBytes)}`;
  const result = failure === null ? paint('green', 'ok') : paint('red', printable(failure));
  const what = printable(isStream ? `${name} (stream)` : name);
  const where = `${paint('dim', timeOf(at))} ${paint('cyan', '->')} ${printable(peer)}`;
  return `${where}  ${paint('bold', what)}  ${paint('dim', printable(id))}  ${formatLatency(durationMs)}  ${sizes}  ${result}`;
}

function describeLine({ at, level, instance, source, message }: ConsoleLine, paint: Paint): string {
  const isBad = level === 'error' || level === 'warn';
  const shown = isBad ? paint(level === 'error' ? 'red' : 'yellow', level) : paint('dim', level);
  return `${paint('dim', timeOf(at))} ${paint('cyan', '<-')} ${printable(instance)}  ${shown} ${printable(source)}  ${printable(message)}`;
}

/** Of the day, here: `14:03:07.042`. */
function timeOf(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
