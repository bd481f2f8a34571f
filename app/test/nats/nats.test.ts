import { once } from 'node:events';
import { expect, test } from 'vitest';
import { code } from '../../../shared/test/support/code.ts';
import { SidecarCrashedError, type SidecarHost } from '../../src/host/index.ts';
import { remote } from './fixtures/contract.mjs';
import { createWorld } from './support/world.ts';

const LONG = 120_000;

/** Begins so many calls that wait. Resolves with the number of the process that each has, once all handlers have begun. */
async function holdMany(
  host: SidecarHost,
  count: number,
): Promise<{ readonly pids: number[]; readonly results: Promise<PromiseSettledResult<string>[]> }> {
  const pids: number[] = [];
  const results: Promise<string>[] = [];
  const begun = Array.from(
    { length: count },
    () =>
      new Promise<void>((resolve) => {
        const onProgress = (pid: number): void => {
          pids.push(pid);
          resolve();
        };
        results.push(host.client(remote).hold(null, { onProgress }));
      }),
  );
  const settled = Promise.allSettled(results);
  await Promise.all(begun);
  return { pids, results: settled };
}

function codeOf(result: PromiseSettledResult<unknown>): unknown {
  return result.status === 'rejected' ? Reflect.get(Object(result.reason), 'code') : 'fulfilled';
}

function statesOf(host: SidecarHost): string[] {
  return host.status().map(({ state }) => state);
}

function isWhole(host: SidecarHost): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!statesOf(host).every((state) => state === 'ready')) return;
      host.off('state', look);
      resolve();
    };
    host.on('state', look);
    look();
  });
}

test(
  'a pool on two machines has the same guarantees as on one',
  async () => {
    const world = await createWorld();
    await Promise.all([world.machine(), world.machine()]);
    const { host, launcher, logs } = world.host({ instances: 3, concurrency: 4 });
    await host.start();
    const numbers = async (): Promise<number[]> => (await launcher.agents()).map(({ running }) => running);
    await expect
      .poll(async () => (await numbers()).toSorted((one, other) => one - other), { timeout: LONG })
      .toEqual([1, 2]);
    expect((await launcher.agents())[0]).toMatchObject({ max: 2, entries: ['remote'], isLeaving: false });
    const client = host.client(remote);

    // Bytes, and the order of one caller's calls at one process.
    const bytes = Buffer.alloc(3_000_000, 'bytes');
    const echoed = await client.echo(bytes);
    expect(echoed instanceof Uint8Array && bytes.equals(echoed)).toBe(true);
    const added = Array.from({ length: 50 }, (_, number) => client.add(number, { key: 'one caller' }));
    expect((await Promise.all(added)).at(-1)).toStrictEqual(Array.from({ length: 50 }, (_, number) => number));

    // A stream whose reader doesn't read is not produced further than its credit.
    const blocks = client.blocks(1_000, { key: 'a stream' });
    expect((await blocks.next()).value).toHaveLength(65_536);
    expect(await client.echo('meanwhile', { key: 'a stream' })).toBe('meanwhile');
    expect(await client.produced(null, { key: 'a stream' })).toBeLessThan(20);
    await blocks.return?.();

    // A call that is given up is aborted there; one that is too large doesn't leave.
    const controller = new AbortController();
    const held = client.hold(null, { signal: controller.signal, key: 'held', onProgress: () => controller.abort() });
    await expect(held).rejects.toEqual(expect.objectContaining({ name: 'AbortError' }));
    await expect.poll(async () => client.aborted(null, { key: 'held' })).toBe(1);
    await expect(client.echo(Buffer.alloc(70_000_000))).rejects.toEqual(code('ERR_LINK_TOO_LARGE'));

    // What it prints and logs arrives, and so does how it ends.
    await client.say({ stdout: 'on stdout', stderr: 'on stderr', log: 'logged' });
    await expect
      .poll(() => logs.map(({ source, message }) => `${source} ${message}`))
      .toEqual(expect.arrayContaining(['stdout on stdout', 'stderr on stderr', 'handler logged']));
    const crash: unknown = await client.exit(3).catch((error: unknown) => error);
    expect(crash).toBeInstanceOf(SidecarCrashedError);
    expect(crash).toMatchObject({ exitCode: 3, pid: undefined });
    await isWhole(host);
    await host.stop();
    expect(statesOf(host)).toStrictEqual(['stopped', 'stopped', 'stopped']);
    expect(launcher.transport.port).toBeUndefined();
  },
  LONG,
);

test(
  'the calls of a machine that is killed, or stops without a word, settle, and its processes start elsewhere',
  async () => {
    const world = await createWorld();
    const first = await world.machine({ max: 4 });
    const { host } = world.host({ instances: 4, concurrency: 1 });
    await host.start();
    const onFirst = await holdMany(host, 4);
    const second = await world.machine({ max: 4 });
    first.signalAll('SIGKILL');
    const crashed = Array.from({ length: 4 }, () => 'ERR_SIDECAR_CRASHED');
    expect((await onFirst.results).map(codeOf)).toStrictEqual(crashed);
    await isWhole(host);

    const onSecond = await holdMany(host, 4);
    expect(new Set([...onFirst.pids, ...onSecond.pids]).size).toBe(8);
    await world.machine({ max: 4 });
    second.signalAll('SIGSTOP');
    const lost = await onSecond.results;
    expect(lost.map(codeOf)).toStrictEqual(crashed);
    expect(lost[0]).toMatchObject({ reason: { cause: { code: 'ERR_SIDECAR_LOST' } } });
    await isWhole(host);
    expect(await host.client(remote).echo('still here')).toBe('still here');
    // What wakes up belongs to nobody, and ends.
    second.signalAll('SIGCONT');
    await expect
      .poll(() => second.lines.filter((line) => line.endsWith(': ended')).length, { timeout: 30_000 })
      .toBe(4);
  },
  LONG,
);

test(
  'machines join and leave under load without a lost call',
  async () => {
    const world = await createWorld();
    const first = await world.machine();
    const { host, launcher } = world.host({ instances: 2, queue: { whenFull: 'wait' } });
    await host.start();
    const controller = new AbortController();
    const counts = { made: 0, right: 0 };
    const load = async (): Promise<void> => {
      while (!controller.signal.aborted) {
        const id = counts.made++;
        if ((await host.client(remote).work({ id, ms: 1 })) === id) counts.right++;
      }
    };
    const loads = Array.from({ length: 8 }, load);
    const second = await world.machine();
    first.leave();
    expect(await first.ended).toBe(0);
    await isWhole(host);
    await world.machine();
    second.leave();
    expect(await second.ended).toBe(0);
    await isWhole(host);
    controller.abort();
    await Promise.all(loads);
    expect(counts.right).toBe(counts.made);
    await expect.poll(() => launcher.agents(), { timeout: LONG }).toMatchObject([{ running: 2 }]);
    expect(host.status().map(({ restarts }) => restarts)).toStrictEqual([0, 0]);
  },
  LONG,
);

test(
  'calls go on while NATS is gone, and a process that ends meanwhile is replaced once it is back',
  async () => {
    const world = await createWorld();
    await world.machine();
    const { host } = world.host({ instances: 2 });
    await host.start();
    await world.nats.stop('SIGKILL');
    expect(await host.client(remote).echo('without NATS')).toBe('without NATS');
    const crashed = once(host, 'crash');
    await expect(host.client(remote).exit(1)).rejects.toEqual(code('ERR_SIDECAR_CRASHED'));
    await crashed;
    expect(await host.client(remote).echo('one is left')).toBe('one is left');
    await world.nats.start();
    await isWhole(host);
    await host.stop();
  },
  LONG,
);
