import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type InstanceStatus,
  SidecarCrashedError,
  type SidecarHost,
  type SidecarOptions,
} from '../../src/host/index.ts';
import { release } from '../../../shared/test/support/levers.ts';
import { work } from './fixtures/contract.mjs';
import {
  createFolder,
  createHost,
  filesIn,
  firstRow,
  fixture,
  hold,
  isAlive,
  nextState,
  socketsIn,
  socketsOf,
  onLinux,
  startHost,
  type TestHost,
} from './helpers.ts';
import { ManualClock } from './manual-clock.ts';

/** A crash is followed by a start only after the test. */
const never = { minDelay: Infinity };

/** A host whose spares are ready. */
async function startWithSpares(options: Partial<SidecarOptions> = {}): Promise<TestHost> {
  const { spares = 1 } = options;
  const started = await createHost({ spares, ...options });
  const areReady = whenSpares(started.host, spares);
  await started.host.start();
  await areReady;
  return started;
}

/** Resolves when so many spares are ready. */
async function whenSpares(host: SidecarHost, count: number): Promise<void> {
  const spares = (): InstanceStatus[] => host.status().filter(({ state }) => state === 'spare');
  while (spares().length < count) await nextState(host, ({ state }) => state === 'spare');
}

function spareOf(host: SidecarHost): InstanceStatus {
  const spare = host.status().find(({ state }) => state === 'spare');
  if (spare === undefined) throw new Error('no spare is ready');
  return spare;
}

function statesOf(host: SidecarHost): string[] {
  return host.status().map(({ state }) => state);
}

function kill(...pids: (number | undefined)[]): void {
  for (const pid of pids) if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

describe('a spare', () => {
  test('starts when the instances are ready, shows what it occupies, and takes no call', async () => {
    const { host, states } = await startWithSpares({ instances: 2, concurrency: 1 });
    expect(states.slice(-2)).toEqual(['work-3 starting', 'work-3 spare']);
    expect(states.indexOf('work-3 starting')).toBeGreaterThan(states.indexOf('work-2 ready'));
    expect(spareOf(host)).toMatchObject({ instance: 'work-3', inFlight: 0, rss: onLinux(expect.any(Number)) });
    const held = [await hold(host), await hold(host)];
    const waiting = host.client(work).pid(null);
    await expect.poll(() => firstRow(host).queued).toBe(1);
    expect(spareOf(host).inFlight).toBe(0);
    await release(firstRow(host).pid);
    expect(await waiting).toBe(firstRow(host).pid);
    await host.client(work).release(null);
    await host.stop({ drain: 0 });
    await Promise.allSettled(held.map(({ result }) => result));
  });

  test('answers the next call after a crash without a start, and another one follows', async () => {
    const { host, states } = await startWithSpares();
    const spare = spareOf(host);
    const first = firstRow(host);
    const followed = nextState(host, ({ instance, state }) => instance === 'work-1' && state === 'spare');
    kill(first.pid);
    await nextState(host, ({ state }) => state === 'crashed');
    expect(await host.client(work).pid(null)).toBe(spare.pid);
    expect(firstRow(host)).toMatchObject({ instance: 'work-2', state: 'ready', restarts: 1 });
    await followed;
    expect(spareOf(host).pid).not.toBe(first.pid);
    expect(states.filter((state) => state.startsWith('work-2'))).toEqual([
      'work-2 starting',
      'work-2 spare',
      'work-2 ready',
    ]);
  });

  test('takes the place of one process after the other', async () => {
    const { host } = await startWithSpares({ restart: { maxCrashes: 100 } });
    for (let crashes = 1; crashes <= 4; crashes++) {
      const { pid } = spareOf(host);
      kill(firstRow(host).pid);
      await nextState(host, ({ state }) => state === 'ready');
      expect(firstRow(host)).toMatchObject({ pid, restarts: crashes });
      await whenSpares(host, 1);
    }
  });

  test('takes calls in place of a process that crashed with calls in flight, which reject', async () => {
    const { host } = await startWithSpares({ restart: never });
    const { result } = await hold(host);
    const rejected = expect(result).rejects.toMatchObject({ code: 'ERR_SIDECAR_CRASHED', instance: 'work-1' });
    kill(firstRow(host).pid);
    await rejected;
    expect(await host.client(work).echo('again')).toBe('again');
  });

  test('runs an idempotent task again', async () => {
    const { host, folder } = await startWithSpares({ restart: never });
    expect(await host.client(work).crashOnce({ file: join(folder, 'tried') })).toBe('done');
  });

  test('serves one place of two whose processes are killed at once, and the other one starts again', async () => {
    const { host } = await startWithSpares({ instances: 2 });
    const spare = spareOf(host);
    const pids = host.status().map(({ pid }) => pid);
    kill(...pids.filter((pid) => pid !== spare.pid));
    await nextState(host, ({ instance, state }) => instance === 'work-3' && state === 'ready');
    await expect.poll(() => statesOf(host)).toEqual(['ready', 'ready', 'spare']);
    const after = host.status();
    expect(after.slice(0, 2).map(({ restarts }) => restarts)).toEqual([1, 1]);
    expect(after.filter(({ pid }) => pids.includes(pid))).toEqual([expect.objectContaining({ pid: spare.pid })]);
  });

  test('that becomes ready takes the place of one that waits for its next start', async () => {
    const clock = new ManualClock();
    clock.replaceSystemClock();
    const { host } = await startWithSpares({ restart: { minDelay: 100 } });
    const waiting = (instance: string): Promise<unknown> =>
      nextState(host, (change) => change.instance === instance && change.state === 'backoff');
    kill(spareOf(host).pid);
    await waiting('work-2');
    clock.advance(50);
    kill(firstRow(host).pid);
    await waiting('work-1');
    clock.advance(50);
    await nextState(host, ({ instance, state }) => instance === 'work-2' && state === 'ready');
    expect(host.status()).toMatchObject([
      { instance: 'work-2', state: 'ready' },
      { instance: 'work-1', state: 'backoff' },
    ]);
  });
});

describe('the crash budget', () => {
  test('is spent by a sidecar that always crashes on a task, however many spares there are', async () => {
    const { host } = await startWithSpares({ spares: 2, retries: 10 });
    const crashed = host.client(work).crashAlways(null);
    await expect(crashed).rejects.toMatchObject({ code: 'ERR_SIDECAR_FAILED' });
    expect(firstRow(host)).toMatchObject({ state: 'failed', restarts: 2 });
    await host.restart('work');
    expect(firstRow(host)).toMatchObject({ state: 'ready', restarts: 0 });
    expect(await host.client(work).echo('again')).toBe('again');
  });

  test('of a spare is its own: it fails without a call or start that notices, and is tried again when it is needed', async () => {
    const file = join(await createFolder(), 'started');
    const { host } = await startHost({
      entry: fixture('once.mjs'),
      env: { IPC_LINK_TEST_ONCE: file },
      spares: 1,
      restart: { minDelay: 1, maxDelay: 10, maxCrashes: 2 },
    });
    await expect.poll(() => statesOf(host)).toEqual(['ready', 'failed']);
    expect(await host.client(work).echo('hello')).toBe('hello');
    await host.start();
    await expect.poll(() => statesOf(host)).toEqual(['ready', 'failed']);
    const again = nextState(host, ({ instance, state }) => instance === 'work-2' && state === 'starting');
    kill(firstRow(host).pid);
    expect(await again).toMatchObject({ previous: 'failed' });
  });
});

test('a start that comes while a spare takes a place heeds the place, not the process that had it', async () => {
  const file = join(await createFolder(), 'broken');
  const { host } = await startWithSpares({ entry: fixture('breakable.mjs'), env: { IPC_LINK_TEST_BROKEN: file } });
  await writeFile(file, '');
  const crashed = nextState(host, ({ state }) => state === 'crashed');
  kill(firstRow(host).pid);
  await crashed;
  await host.start();
  expect(firstRow(host)).toMatchObject({ instance: 'work-2', state: 'ready' });
});

test('a spare that is killed is reported and started again, and nothing else happens', async () => {
  const { host } = await startWithSpares();
  const { pid } = firstRow(host);
  const reported = new Promise((resolve) => host.once('crash', (error, { instance }) => resolve([error, instance])));
  kill(spareOf(host).pid);
  expect(await reported).toEqual([expect.any(SidecarCrashedError), 'work-2']);
  await whenSpares(host, 1);
  expect(await host.client(work).pid(null)).toBe(pid);
  expect(host.status()).toMatchObject([
    { instance: 'work-1', restarts: 0 },
    { instance: 'work-2', restarts: 1 },
  ]);
});

test('a spare wakes an idle sidecar', async () => {
  const { host } = await startWithSpares({ idleStop: 20 });
  await expect.poll(() => statesOf(host)).toEqual(['stopped', 'spare']);
  const { pid } = spareOf(host);
  const followed = nextState(host, ({ instance, state }) => instance === 'work-1' && state === 'spare');
  expect(await host.client(work).pid(null)).toBe(pid);
  await followed;
  await expect.poll(() => statesOf(host)).toEqual(['stopped', 'spare']);
  expect(host.status().map(({ restarts }) => restarts)).toEqual([0, 0]);
});

describe('a rolling restart', () => {
  test('loses no call, and leaves no process that was there before', async () => {
    const { host, folder } = await startWithSpares({ instances: 2, spares: 2, concurrency: 2 });
    const before = host.status().map(({ pid }) => pid);
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
    await host.restart('work');
    over.abort();
    await callers;
    expect((await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected')).toEqual([]);
    await whenSpares(host, 2);
    expect(statesOf(host)).toEqual(['ready', 'ready', 'spare', 'spare']);
    expect(host.status().filter(({ pid }) => before.includes(pid))).toEqual([]);
    expect(before.filter(isAlive)).toEqual([]);
    expect(await socketsIn(folder)).toHaveLength(socketsOf({ processes: 4 }));
  });

  test('puts a spare that was started anew in the place', async () => {
    const { host, states } = await startWithSpares();
    await host.restart('work');
    const replaced = states.filter((state) => state.startsWith('work-3'));
    expect(replaced).toEqual(['work-3 starting', 'work-3 spare', 'work-3 ready']);
    expect(firstRow(host)).toMatchObject({ instance: 'work-3', restarts: 0 });
  });

  test('changes nothing where a new process can not start', async () => {
    const file = join(await createFolder(), 'broken');
    const { host } = await startWithSpares({ entry: fixture('breakable.mjs'), env: { IPC_LINK_TEST_BROKEN: file } });
    const rows = (): unknown[] => host.status().map(({ instance, pid, state }) => ({ instance, pid, state }));
    const before = rows();
    await writeFile(file, '');
    await expect(host.restart('work')).rejects.toMatchObject({ code: 'ERR_SIDECAR_FAILED' });
    expect(rows()).toEqual(before);
  });
});

test('a process that works for nobody is replaced by a spare', async () => {
  const { host } = await startWithSpares({ concurrency: 1, replaceStuckAfter: 20 });
  const { pid } = spareOf(host);
  const controller = new AbortController();
  const begun = new Promise<void>((resolve) => {
    const ignored = host.client(work).ignore(null, { signal: controller.signal, onProgress: () => resolve() });
    ignored.catch(() => {});
  });
  await begun;
  controller.abort();
  expect(await host.client(work).pid(null)).toBe(pid);
});

describe('a stop', () => {
  test('ends spares too, and a later start brings them back', async () => {
    const { host, folder } = await startWithSpares({ spares: 2 });
    const pids = host.status().map(({ pid }) => pid);
    await host.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await filesIn(folder)).toEqual([]);
    expect(statesOf(host)).toEqual(['stopped', 'stopped', 'stopped']);
    await host.start();
    await whenSpares(host, 2);
  });

  test('ends spares at once, while calls are still drained', async () => {
    const { host } = await startWithSpares();
    const { result } = await hold(host);
    const { pid } = spareOf(host);
    const gone = nextState(host, ({ instance, state }) => instance === 'work-2' && state === 'stopped');
    const stopped = host.stop({ drain: Infinity });
    await gone;
    expect(isAlive(pid)).toBe(false);
    expect(firstRow(host).state).toBe('draining');
    await release(firstRow(host).pid);
    expect(await result).toBe('released');
    await stopped;
  });

  test('while a spare starts leaves no process', async () => {
    const { host, folder } = await createHost({ spares: 1 });
    const starting = nextState(host, ({ instance, state }) => instance === 'work-2' && state === 'starting');
    await host.start();
    await starting;
    await host.stop();
    expect(statesOf(host)).toEqual(['stopped', 'stopped']);
    expect(await filesIn(folder)).toEqual([]);
  });
});
