import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { release } from '../../../shared/test/support/levers.ts';
import { work } from './fixtures/contract.mjs';
import {
  createFolder,
  createHost,
  filesIn,
  filesOf,
  socketsIn,
  socketsOf,
  firstRow,
  fixture,
  hold,
  isAlive,
  kill,
  killed,
  nextState,
  onLinux,
  startHost,
} from './helpers.ts';

describe('routing', () => {
  test('calls go to the least busy instance', async () => {
    const { host } = await startHost({ instances: 3 });
    const held = [await hold(host), await hold(host), await hold(host)];
    expect(host.status().map(({ inFlight }) => inFlight)).toEqual([1, 1, 1]);
    await Promise.all(host.status().map(() => host.client(work).release(null)));
    await host.stop({ drain: 0 });
    await Promise.allSettled(held.map(({ result }) => result));
  });

  test('calls with one key go to one instance, and elsewhere while it is gone', async () => {
    const { host } = await startHost({ instances: 3 });
    const { pid, crash } = host.client(work);
    const pids = await Promise.all(Array.from({ length: 9 }, () => pid(null, { key: 'user-1' })));
    expect(new Set(pids).size).toBe(1);
    const backoff = nextState(host, ({ state }) => state === 'backoff');
    await crash({ code: 1 }, { key: 'user-1' }).catch(() => {});
    await backoff;
    expect(pids).not.toContain(await pid(null, { key: 'user-1' }));
  });

  test('no instance works on more than its concurrency, and what waits goes first come first served', async () => {
    const { host } = await startHost({ instances: 2, concurrency: 1 });
    const { echo } = host.client(work);
    const held = [await hold(host), await hold(host)];
    const order: unknown[] = [];
    const waiting = [1, 2, 3].map(async (number) => order.push(await echo(number)));
    await Promise.resolve();
    await release(firstRow(host).pid);
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    await host.client(work).release(null);
    await host.stop({ drain: 0 });
    await Promise.allSettled(held.map(({ result }) => result));
  });
});

describe('the queue', () => {
  test('has a limit, past which calls are refused', async () => {
    const { host } = await startHost({ concurrency: 1, queue: { limit: 2 } });
    const { result } = await hold(host);
    const { echo } = host.client(work);
    const waiting = [echo(1), echo(2)];
    await expect(echo(3)).rejects.toMatchObject({ code: 'ERR_LINK_OVERLOADED' });
    expect(firstRow(host)).toMatchObject({ inFlight: 1, queued: 2 });
    await release(firstRow(host).pid);
    expect(await result).toBe('released');
    expect(await Promise.all(waiting)).toEqual([1, 2]);
  });

  test('lets calls wait past the limit where that was chosen', async () => {
    const { host } = await startHost({ concurrency: 1, queue: { limit: 1, whenFull: 'wait' } });
    const { result } = await hold(host);
    const waiting = Array.from({ length: 50 }, (_, number) => host.client(work).echo(number));
    await release(firstRow(host).pid);
    await result;
    expect(await Promise.all(waiting)).toHaveLength(50);
  });

  test('lets a call go that is aborted or takes too long', async () => {
    const { host } = await startHost({ concurrency: 1 });
    const { result } = await hold(host);
    const controller = new AbortController();
    const aborted = host.client(work).echo(1, { signal: controller.signal });
    const late = host.client(work).echo(2, { timeout: 20 });
    await expect(late).rejects.toMatchObject({
      code: 'ERR_LINK_TIMEOUT',
      message: expect.stringContaining('work.echo'),
    });
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(firstRow(host).queued).toBe(0);
    await release(firstRow(host).pid);
    await result;
  });

  test('waits for a sidecar that crashed', async () => {
    const { host } = await startHost();
    await host
      .client(work)
      .crash({ code: 1 })
      .catch(() => {});
    expect(firstRow(host).state).not.toBe('ready');
    expect(await host.client(work).echo('waited')).toBe('waited');
  });

  test('is served before a stop ends the sidecar', async () => {
    const { host } = await startHost({ concurrency: 1 });
    const { result } = await hold(host);
    const waiting = [host.client(work).echo(1), host.client(work).echo(2)];
    await expect.poll(() => firstRow(host).queued).toBe(2);
    const stopped = host.stop();
    await release(firstRow(host).pid);
    await result;
    expect(await Promise.all(waiting)).toEqual([1, 2]);
    await stopped;
  });

  test('is refused when the time of a stop is over', async () => {
    const { host } = await startHost({ concurrency: 1 });
    const { result } = await hold(host);
    const waiting = host.client(work).echo(1);
    await expect.poll(() => firstRow(host).queued).toBe(1);
    const settled = Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'ERR_SIDECAR_STOPPED' }),
      expect(result).rejects.toMatchObject({ code: 'ERR_LINK_CLOSED' }),
    ]);
    await host.stop({ drain: 20 });
    await settled;
  });
});

test('every stop of those that overlap ends, also one that would wait for ever', async () => {
  const { host } = await startHost({ concurrency: 1 });
  const { result } = await hold(host);
  const waiting = host.client(work).echo(1);
  await expect.poll(() => firstRow(host).queued).toBe(1);
  const settled = Promise.allSettled([waiting, result]);
  await Promise.all([host.stop({ drain: Infinity }), host.stop({ drain: 20 })]);
  expect(await settled).toMatchObject([
    { status: 'rejected', reason: { code: 'ERR_SIDECAR_STOPPED' } },
    { status: 'rejected', reason: { code: 'ERR_LINK_CLOSED' } },
  ]);
});

describe('crashes in a pool', () => {
  test('leave the other instances and their calls alone', async () => {
    const { host } = await startHost({ instances: 2 });
    const [one, two] = [await hold(host), await hold(host)];
    const rejected = expect(one.result).rejects.toMatchObject({ code: 'ERR_SIDECAR_CRASHED', ...killed });
    kill(host);
    await rejected;
    await host.client(work).release(null);
    expect(await two.result).toBe('released');
  });

  test('let an idempotent task run on another instance at once', async () => {
    const slow = { minDelay: 60_000, maxDelay: 60_000 };
    const { host, folder } = await startHost({ instances: 2, restart: slow });
    expect(await host.client(work).crashOnce({ file: join(folder, 'tried') })).toBe('done');
    await expect.poll(() => host.status().map(({ state }) => state)).toEqual(['backoff', 'ready']);
  });
});

describe('idle instances', () => {
  test('are ended, and started again when they are needed', async () => {
    const { host, folder } = await startHost({ idleStop: 20 });
    const { pid } = firstRow(host);
    await nextState(host, ({ state }) => state === 'stopped');
    expect(isAlive(pid)).toBe(false);
    expect(await filesIn(folder)).toEqual([]);
    expect(await host.client(work).echo('hello')).toBe('hello');
    expect(firstRow(host).restarts).toBe(0);
  });

  test('are not ended while they work', async () => {
    const { host } = await startHost({ instances: 2, idleStop: 20 });
    const { result } = await hold(host);
    const working = host.status().find(({ inFlight }) => inFlight === 1);
    await expect.poll(() => host.status().filter(({ state }) => state === 'stopped')).toHaveLength(1);
    expect(host.status().find(({ inFlight }) => inFlight === 1)).toEqual({
      ...working,
      rss: onLinux(expect.any(Number)),
      cpuTime: onLinux(expect.any(Number)),
      uptime: expect.any(Number),
    });
    // The same process takes it: the other one is stopped.
    await host.client(work).release(null);
    expect(await result).toBe('released');
  });
});

describe('a rolling restart', () => {
  test('replaces every process and loses no call', async () => {
    const { host, folder } = await startHost({ instances: 2, concurrency: 2 });
    const before = host.status().map(({ pid }) => pid);
    const { result } = await hold(host);
    const over = new AbortController();
    const calls: Promise<unknown>[] = [];
    const call = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const each = host.client(work).pid(null);
        calls.push(each);
        await each;
      }
    };
    const callers = Promise.all([call(), call(), call()]);
    const replaced = nextState(host, ({ instance, state }) => instance === 'work-1' && state === 'draining');
    const restarted = host.restart('work');
    await replaced;
    // The old process has a call that only its end or this signal ends.
    const [old] = before;
    if (old === undefined) throw new Error('no process');
    await release(old);
    await restarted;
    over.abort();
    await callers;
    expect(await result).toBe('released');
    expect((await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected')).toEqual([]);
    const after = host.status().map(({ instance, pid, state }) => ({ instance, isNew: !before.includes(pid), state }));
    expect(after).toEqual([
      { instance: 'work-3', isNew: true, state: 'ready' },
      { instance: 'work-4', isNew: true, state: 'ready' },
    ]);
    expect(before.filter(isAlive)).toEqual([]);
    expect(await filesIn(folder)).toHaveLength(filesOf({ processes: 2 }));
  });

  test('leaves the old process in service where the new one can not start', async () => {
    const file = join(await createFolder(), 'started');
    const { host, folder } = await startHost({ entry: fixture('once.mjs'), env: { IPC_LINK_TEST_ONCE: file } });
    const { pid } = firstRow(host);
    await expect(host.restart('work')).rejects.toMatchObject({ code: 'ERR_SIDECAR_FAILED' });
    expect(host.status()).toHaveLength(1);
    expect(await host.client(work).pid(null)).toBe(pid);
    expect(await socketsIn(folder)).toHaveLength(socketsOf({ processes: 1 }));
  });

  test('shows the new process and the one that leaves once each', async () => {
    const { host } = await startHost();
    const { result } = await hold(host);
    const leaving = nextState(host, ({ state }) => state === 'draining');
    const settled = expect(result).rejects.toMatchObject({ code: 'ERR_LINK_CLOSED' });
    const restarted = host.restart('work', { drain: 20 });
    await leaving;
    expect(host.status().map(({ instance, state }) => [instance, state])).toEqual([
      ['work-2', 'ready'],
      ['work-1', 'draining'],
    ]);
    await Promise.all([settled, restarted]);
  });

  test('of a sidecar that the host does not have', async () => {
    const { host } = await startHost();
    await expect(host.restart('other')).rejects.toMatchObject({ code: 'ERR_SIDECAR_UNKNOWN' });
  });
});

describe('a kill', () => {
  test('ends one process at once, which is started again as after a crash', async () => {
    const { host } = await startHost({ instances: 2 });
    const { result } = await hold(host);
    const [one, two] = host.status().map(({ pid }) => pid);
    const rejected = expect(result).rejects.toMatchObject({ code: 'ERR_SIDECAR_CRASHED', memory: 'no' });
    const ready = nextState(host, ({ instance, state }) => instance === 'work-1' && state === 'ready');
    host.kill('work-1');
    await rejected;
    const { pid, restarts } = await ready;
    expect({ restarts, isNew: pid !== one, other: host.status()[1]?.pid }).toEqual({
      restarts: 1,
      isNew: true,
      other: two,
    });
  });

  test('of an instance without a process does nothing, and of one that the host does not have is refused', async () => {
    const { host } = await createHost();
    host.kill('work-1');
    expect(firstRow(host)).toMatchObject({ state: 'stopped', uptime: null });
    expect(() => host.kill('work-9')).toThrow(/kill\('work-9'\): this host has no instance of that name, only work-1/);
  });
});

test('the status counts the processor time and the bytes of the link', async () => {
  const { host } = await startHost();
  const before = firstRow(host);
  await host.client(work).echo('x'.repeat(100_000));
  const after = firstRow(host);
  expect(after.bytesSent - before.bytesSent).toBeGreaterThan(100_000);
  expect(after.bytesReceived - before.bytesReceived).toBeGreaterThan(100_000);
  if (process.platform === 'linux') expect(after.cpuTime).toBeGreaterThan(0);
});

test('the status shows each instance', async () => {
  const { host } = await startHost({ instances: 2 });
  await host.client(work).echo(1);
  const positive = expect.toSatisfy((value: number) => value > 0);
  expect(host.status()).toEqual([
    {
      name: 'work',
      instance: 'work-1',
      pid: positive,
      state: 'ready',
      uptime: positive,
      restarts: 0,
      inFlight: 0,
      abandoned: 0,
      queued: 0,
      rss: onLinux(positive),
      cpuTime: onLinux(expect.any(Number)),
      bytesSent: positive,
      bytesReceived: positive,
      latency: { count: 1, p50: positive, p99: positive, max: positive },
    },
    {
      name: 'work',
      instance: 'work-2',
      pid: positive,
      state: 'ready',
      uptime: positive,
      restarts: 0,
      inFlight: 0,
      abandoned: 0,
      queued: 0,
      rss: onLinux(positive),
      cpuTime: onLinux(expect.any(Number)),
      bytesSent: positive,
      bytesReceived: positive,
      latency: null,
    },
  ]);
});

test('streams come through, and a reader may leave early', async () => {
  const { host } = await startHost();
  const numbers: number[] = [];
  for await (const number of host.client(work).count(5)) numbers.push(number);
  expect(numbers).toEqual([1, 2, 3, 4, 5]);
  for await (const number of host.client(work).count(1e9)) if (number === 3) break;
  await expect.poll(() => firstRow(host).inFlight).toBe(0);
});
