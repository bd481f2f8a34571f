import { channel } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import type { SidecarHost } from '../../src/host/index.ts';
import { HostWatch } from '../../src/inspection/host-watch.ts';
import type { ConsoleTick } from '../../src/inspection/tick.ts';
import { work } from '../host/fixtures/contract.mjs';
import { firstRow, hold, nextLog, nextState, startHost } from '../host/helpers.ts';

const kept = { successes: 150, failures: 100, lines: 100 };

/** A watch whose ticks the test makes. */
function watch(host: SidecarHost): () => ConsoleTick {
  const watching = new HostWatch(host, kept);
  onTestFinished(() => watching.stop());
  watching.start();
  return () => watching.read();
}

test('the calls of the figures are those that the host has measured', async () => {
  const { host } = await startHost({ instances: 2 });
  const next = watch(host);
  let counted = 0;
  for (const calls of [1_000, 10, 300]) {
    await Promise.all(Array.from({ length: calls }, (_, place) => host.client(work).echo(place)));
    counted += next().figures.calls;
  }
  expect(host.status().reduce((sum, { latency }) => sum + (latency?.count ?? 0), 0)).toBe(counted);
  expect(counted).toBe(1_310);
});

test('a tick has the figures, a sample of the calls and the rows of status()', async () => {
  const { host } = await startHost();
  const next = watch(host);
  const before = firstRow(host);
  await Promise.all(Array.from({ length: 400 }, () => host.client(work).echo('x'.repeat(1_000))));
  await host
    .client(work)
    .crash({ code: 3 })
    .catch(() => {});
  const { figures, calls, instances } = next();
  expect(figures.calls).toBe(401);
  expect(figures.failures).toBe(1);
  expect(figures.p50).toBeGreaterThan(0);
  expect(figures.p99).toBeGreaterThanOrEqual(Number(figures.p50));
  expect(calls.total).toBe(401);
  expect(calls.items).toHaveLength(151);
  expect(calls.items.filter(({ failure }) => failure !== null)).toMatchObject([
    { peer: 'work-1', task: 'work.crash', failure: 'ERR_LINK_PEER_LOST' },
  ]);
  const { name, instance } = before;
  expect(instances).toMatchObject([{ name, instance, restarts: host.status()[0]?.restarts }]);
});

test('a failure says who failed the call, and its code', async () => {
  const { host } = await startHost();
  const next = watch(host);
  const caller = host.caller(work);
  await caller.call('work.crash', { signal: 'SIGNONE' }, {}).catch(() => {});
  await caller.call('work.say', null, {}).catch(() => {});
  await caller.call('work.unknown', null, {}).catch(() => {});
  await caller.call('work.hold', null, { timeout: 5 }).catch(() => {});
  await caller.call('work.hold', null, { signal: AbortSignal.timeout(5) }).catch(() => {});
  expect(next().calls.items.map(({ failure }) => failure)).toEqual([
    'failed ERR_UNKNOWN_SIGNAL',
    'failed',
    'refused ERR_LINK_NO_HANDLER',
    'ERR_LINK_TIMEOUT',
    'AbortError',
  ]);
});

test('bytes are those that went over the links since the last reading', async () => {
  const { host } = await startHost();
  const next = watch(host);
  const { bytesSent, bytesReceived } = firstRow(host);
  await host.client(work).echo('x'.repeat(100_000));
  const { figures } = next();
  const now = firstRow(host);
  expect(figures.bytes).toBe(now.bytesSent + now.bytesReceived - bytesSent - bytesReceived);
  expect(figures.bytes).toBeGreaterThan(200_000);
});

test('what an instance does shows in its row, and a new process begins at nothing', async () => {
  const { host } = await startHost();
  const next = watch(host);
  const { result } = await hold(host);
  result.catch(() => {});
  const [busy] = next().instances;
  const { pid } = firstRow(host);
  expect(busy).toMatchObject({ state: 'ready', pid, inFlight: 1, restarts: 0, cpu: expect.any(Number) });
  const ready = nextState(host, ({ state }) => state === 'ready');
  host.kill('work-1');
  const again = await ready;
  const { figures, instances } = next();
  expect(instances).toMatchObject([{ pid: again.pid, restarts: 1, inFlight: 0, cpu: null }]);
  const row = firstRow(host);
  expect(figures.bytes).toBe(row.bytesSent + row.bytesReceived);
});

test('log lines come along', async () => {
  const { host } = await startHost();
  const next = watch(host);
  const logged = nextLog(host, ({ source }) => source === 'host');
  await host
    .client(work)
    .crash({ code: 3 })
    .catch(() => {});
  const { message } = await logged;
  const { items, total } = next().lines;
  expect(total).toBe(items.length);
  expect(items).toContainEqual({
    at: expect.any(Number),
    level: 'error',
    instance: 'work-1',
    source: 'host',
    message,
  });
});

test('calls to others than the host’s instances do not count', async () => {
  const { host } = await startHost();
  const next = watch(host);
  const call = { server: 'main', peer: 'stranger', id: '1', durationMs: 1, requestBytes: 1, replyBytes: 1 };
  channel('ipc-link:request:end').publish(call);
  channel('ipc-link:request:end').publish({ ...call, peer: 'work-1', durationMs: undefined });
  channel('ipc-link:request:end').publish(null);
  expect(next().calls).toEqual({ items: [], total: 0 });
});

test('nothing is left when it stops', async () => {
  const { host } = await startHost();
  const listeners = (): number => host.listenerCount('state') + host.listenerCount('log');
  const isObserved = (): boolean =>
    ['start', 'end', 'error'].some((name) => channel(`ipc-link:request:${name}`).hasSubscribers);
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = { listeners: listeners(), isObserved: isObserved(), timers: timers() };
  const watching = new HostWatch(host, kept);
  watching.start();
  expect(isObserved()).toBe(true);
  // A second start changes nothing.
  watching.start();
  watching.stop();
  expect({ listeners: listeners(), isObserved: isObserved(), timers: timers() }).toEqual(before);
  expect(before.isObserved).toBe(false);
});
