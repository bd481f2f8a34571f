import { Command, Option } from 'commander';
import { formatLatency } from '../../console/format.ts';
import { formatThroughput } from '../../renderer/src/format/bytes.ts';
import { formatCount } from '../../renderer/src/format/count.ts';
import type { Figures } from '../bench/measure.ts';
import type { CliContext } from '../context.ts';
import { milliseconds } from '../parse.ts';
import { formatTable } from '../text/table.ts';
import { toJson } from '../text/to-json.ts';

interface BenchFlags {
  readonly for: number;
  readonly json?: boolean;
}

interface Row {
  readonly title: string;
  readonly link: string;
  readonly bare: string;
  /** How many times the bare socket's figure, where more is better. */
  readonly times: number;
}

export function benchCommand(context: CliContext): Command {
  return new Command('bench')
    .summary('a quick look at how fast this machine is')
    .description(
      'Measure round trips, 128 messages in flight and 1 MiB of bytes over the link, beside a bare socket that does the least. A quick look: docs/BENCHMARKS.md has careful figures.',
    )
    .addOption(
      new Option('--for <ms>', 'how long each of the six is measured, in three turns of which the best counts')
        .argParser(milliseconds)
        .default(1_000),
    )
    .option('--json', 'one object of JSON: { link, bare }')
    .action((flags: BenchFlags) => bench(flags, context));
}

async function bench({ for: forMs, json = false }: BenchFlags, { out, paint, interrupt }: CliContext): Promise<void> {
  const { compare } = await import('../bench/compare.ts');
  const figures = await compare(forMs, interrupt);
  if (json) return out.write(`${toJson(figures)}\n`);
  const right = 'right' as const;
  const columns = [
    { title: '', text: ({ title }: Row) => title },
    { title: 'IPC-LINK', align: right, text: ({ link }: Row) => link },
    { title: 'BARE SOCKET', align: right, text: ({ bare }: Row) => bare },
    { title: 'SPEED', align: right, text: ({ times }: Row) => `${times.toFixed(2)} x` },
  ];
  await out.write(`${formatTable(columns, toRows(figures), paint).join('\n')}\n`);
}

function toRows({ link, bare }: { readonly link: Figures; readonly bare: Figures }): Row[] {
  const row = (title: string, show: (figures: Figures) => string, times: number): Row => ({
    title,
    link: show(link),
    bare: show(bare),
    times,
  });
  return [
    row('round trip, median', (each) => formatLatency(each.roundTripMs), bare.roundTripMs / link.roundTripMs),
    row('128 in flight', (each) => `${formatCount(Math.round(each.perSecond))}/s`, link.perSecond / bare.perSecond),
    row(
      '1 MiB there and back',
      (each) => formatThroughput(each.bytesPerSecond),
      link.bytesPerSecond / bare.bytesPerSecond,
    ),
  ];
}
