import { expect, onTestFinished, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import { type LogEntry, SidecarHost } from '../../src/host/index.ts';
import { logs } from './fixtures/logs-contract.mjs';
import { createFolder, fixture } from './helpers.ts';
import { ManualClock } from './manual-clock.ts';

/** What a sidecar of ours leaves unanswered. */
const mostUnanswered = 1_024;

test('a loop that logs costs the sidecar no memory, and every line arrives: what is too much by the pipe', async () => {
  const { host, entries, untilAll } = await startLogger();
  const lines = 20_000;
  const { unwritten } = await host.client(logs).log({ lines, burst: lines });
  await untilAll(lines);
  expect(unwritten).toBe(0);
  expect(entries.filter(({ source }) => source === 'handler')).toHaveLength(mostUnanswered);
  const printed = entries.filter(({ source }) => source === 'stderr');
  expect(printed).toHaveLength(lines - mostUnanswered);
  expect(printed.at(-1)?.message).toMatch(/^\[info\] line 19999 {2}\{ number: 19999 \} \(request \w+\)$/);
});

test('calls are answered while a handler logs without a pause to speak of', async () => {
  const { host, untilAll } = await startLogger();
  const lines = 20_000;
  let isOver = false;
  const flood = host
    .client(logs)
    .log({ lines, burst: 100 })
    .finally(() => (isOver = true));
  let answers = 0;
  while (!isOver) answers += await host.client(logs).echo(1);
  await flood;
  await untilAll(lines);
  expect(answers).toBeGreaterThan(10);
});

test('no line comes twice, also where the host stops before it has answered all', async () => {
  // Time stands still: a mebibyte is answered at once, and the next one would wait for ever.
  new ManualClock().replaceSystemClock();
  const { host, entries } = await startLogger();
  const large = { lines: 100, burst: 100, text: 'x'.repeat(10_000) };
  await host.client(logs).log(large);
  await host.client(logs).log({ ...large, from: 100 });
  await host.stop();
  expect(numbersOf(entries)).toEqual(Array.from({ length: 200 }, (_, number) => number));
});

test('a loop that prints waits for its reader, and loses nothing', async () => {
  const { host, untilAll } = await startLogger();
  const { unwritten } = await host.client(logs).print({ lines: 50_000 });
  expect(unwritten).toBe(0);
  await untilAll(50_000);
});

test('what a handler logs right before it ends the process arrives', async () => {
  const { host, entries } = await startLogger();
  await expect(host.client(logs).logAndExit(3)).rejects.toMatchObject({
    exitCode: 3,
    stderr: [expect.stringMatching(/^\[error\] the last line \{ code: 3 \} \(request \w+\)$/)],
  });
  // What the host says of the crash, sooner or later, has the line too.
  const printed = entries.filter(({ source }) => source !== 'host');
  expect(printed.map(({ message }) => message)).toEqual([expect.stringContaining('the last line')]);
});

async function startLogger(): Promise<{
  host: SidecarHost;
  entries: LogEntry[];
  /** Waits until the lines of each number below `count` are there, and checks that each is there once. */
  untilAll: (count: number) => Promise<void>;
}> {
  const sidecar = { contract: logs, launcher: forkLauncher(), entry: fixture('logger.mjs') };
  const host = new SidecarHost({ sidecars: { logger: sidecar }, socketFolder: await createFolder() });
  onTestFinished(() => host.stop({ drain: 0 }));
  const entries: LogEntry[] = [];
  let onEntry = (): void => {};
  host.on('log', (entry) => {
    entries.push(entry);
    onEntry();
  });
  await host.start();
  const untilAll = async (count: number): Promise<void> => {
    while (entries.length < count) await new Promise<void>((resolve) => (onEntry = resolve));
    expect(numbersOf(entries)).toEqual(Array.from({ length: count }, (_, number) => number));
  };
  return { host, entries, untilAll };
}

function numbersOf(entries: readonly LogEntry[]): number[] {
  return entries
    .map(({ message }) => Number(/line (\d+)/.exec(message)?.[1]))
    .toSorted((first, second) => first - second);
}
