import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { defineContract, stream, task } from 'ipc-link/contract';
import type { PlayRequest, PlayState } from '../../../src/bridge/playground-messages.ts';
import { SidecarHost } from '../../../src/host/index.ts';
import { Playground } from '../../../src/main/console/playground.ts';
import { inProcessLauncher } from '../../../src/testing/index.ts';

const shop = defineContract('shop', {
  order: task({ input: z.object({ cups: z.number() }), output: z.unknown(), progress: z.string() }),
  limp: task({ input: z.unknown(), output: z.unknown() }),
  wait: task({ input: z.unknown(), output: z.unknown() }),
  list: stream({ input: z.number(), item: z.number() }),
});

async function open(): Promise<{ playground: Playground; told: PlayState[]; begun: Promise<void>; host: SidecarHost }> {
  const told: PlayState[] = [];
  let calls = 0;
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const launcher = inProcessLauncher(shop, {
    order({ cups }, { progress }) {
      progress('first');
      progress('grinding');
      return { cups, price: 3n };
    },
    limp() {
      calls++;
      if (calls % 4 === 0) throw Object.assign(new Error('limped'), { code: 'ELIMP' });
      return calls;
    },
    wait: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        begin();
      }),
    async *list(count) {
      for (let item = 0; item < count; item++) yield item;
    },
  });
  const host = new SidecarHost({ sidecars: { shop: { contract: shop, launcher } } });
  onTestFinished(() => host.stop({ drain: 0 }));
  await host.start();
  return { playground: new Playground(host, (state) => told.push(state)), told, begun, host };
}

function request(name: string, input: unknown, more: Partial<PlayRequest> = {}): PlayRequest {
  return { contract: 'shop', name, input, calls: 1, inFlight: 1, timeout: null, ...more };
}

test('one call has its progress and its reply', async () => {
  const { playground } = await open();
  const { end, reply, reports, problem, distribution } = await playground.send(request('order', { cups: 2 }));
  expect({ end, problem, distribution }).toEqual({ end: 'succeeded', problem: null, distribution: null });
  expect(reply?.text).toBe('{\n  "cups": 2,\n  "price": 3n\n}');
  expect(reports?.newest.text).toBe('"grinding"');
});

test('an input that does not fit says where', async () => {
  const { playground } = await open();
  const { end, problem } = await playground.send(request('order', { cups: 'two' }));
  expect({ end, problem }).toMatchObject({
    end: 'failed',
    problem: { code: 'ERR_LINK_INVALID_INPUT', issues: [{ path: ['cups'], message: expect.any(String) }] },
  });
});

test('a stream counts its items and keeps the newest', async () => {
  const { playground } = await open();
  const { items } = await playground.send(request('list', 150));
  expect(items?.count).toBe(150);
  expect(items?.newest.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, at) => String(at + 50)));
});

test('many calls are counted by how they ended, and no more are in flight than asked for', async () => {
  const { playground, host } = await open();
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, host.status()[0]?.inFlight ?? 0)), 0);
  const { distribution } = await playground.send(request('limp', null, { calls: 4_000, inFlight: 5 }));
  clearInterval(timer);
  expect(distribution).toMatchObject({ settled: 4_000, succeeded: 3_000, failures: [{ code: 'ELIMP', count: 1_000 }] });
  expect(distribution?.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3_000);
  const { latency } = distribution ?? {};
  expect([latency?.p50, latency?.p90, latency?.p99, latency?.max].map(Number)).toEqual(
    [latency?.p50, latency?.p90, latency?.p99, latency?.max].map(Number).toSorted((one, other) => one - other),
  );
  expect(most).toBeLessThanOrEqual(5);
});

test('a run is cancelled, and only one goes on at a time', async () => {
  const { playground, begun } = await open();
  const waiting = playground.send(request('wait', null));
  await begun;
  await expect(playground.send(request('order', { cups: 1 }))).rejects.toThrow('A run goes on.');
  playground.cancel();
  expect(await waiting).toMatchObject({ end: 'cancelled', problem: null });
  expect(await playground.send(request('order', { cups: 1 }))).toMatchObject({ end: 'succeeded' });
});

test('a call has the timeout that was asked for', async () => {
  const { playground } = await open();
  const { problem } = await playground.send(request('wait', null, { timeout: 5 }));
  expect(problem?.code).toBe('ERR_LINK_TIMEOUT');
});

test.each([
  [null, 'must be an object'],
  [request('nothing', null), 'this host has no operation of that name'],
  [request('toString', null), 'this host has no operation of that name'],
  [{ ...request('order', null), contract: 7 }, 'must name a contract'],
  [request('order', null, { calls: 0 }), 'the calls must be 1 to 1000000'],
  [request('order', null, { inFlight: 1e9 }), 'in flight must be 1 to 10000'],
  [request('order', null, { timeout: -1 }), 'the timeout must be milliseconds above 0'],
])('a request that can’t be is refused: %#', async (asked, problem) => {
  const { playground } = await open();
  await expect(playground.send(asked)).rejects.toThrow(problem);
});
