import { describe, expect, test } from 'vitest';
import type { SidecarHost } from '../../src/host/index.ts';
import { release } from '../../../shared/test/support/levers.ts';
import { work } from './fixtures/contract.mjs';
import { firstRow, kill, nextLog, nextState, startHost } from './helpers.ts';

/** A call that is aborted as soon as its handler runs, which goes on all the same. */
async function giveUp(host: SidecarHost): Promise<void> {
  const controller = new AbortController();
  const call = host.client(work).ignore(null, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
}

describe('a handler that ignores its signal', () => {
  test('keeps its slot: what waits is not begun before it has ended', async () => {
    const { host } = await startHost({ concurrency: 1 });
    await giveUp(host);
    expect(firstRow(host)).toMatchObject({ inFlight: 1, abandoned: 1 });
    const waiting = host.client(work).echo('waited');
    await expect(host.client(work).echo('in vain', { timeout: 50 })).rejects.toMatchObject({
      code: 'ERR_LINK_TIMEOUT',
      message: expect.stringContaining('no instance was free'),
    });
    await release(firstRow(host).pid);
    expect(await waiting).toBe('waited');
    expect(firstRow(host)).toMatchObject({ inFlight: 0, abandoned: 0 });
  });

  test('is one at a time, however many calls are given up', async () => {
    const { host } = await startHost({ concurrency: 1 });
    const calls = Array.from({ length: 100 }, () => host.client(work).ignore(null, { timeout: 40 }));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(firstRow(host)).toMatchObject({ inFlight: 1, abandoned: 1, queued: 0 });
    await release(firstRow(host).pid);
  });

  test('makes its instance the second choice', async () => {
    const { host } = await startHost({ instances: 2 });
    await giveUp(host);
    const pids = await Promise.all([1, 2].map(() => host.client(work).pid(null)));
    expect(pids[0]).toBe(host.status().at(1)?.pid);
  });

  test('is waited for by a stop, as long as it may take', async () => {
    const { host } = await startHost();
    await giveUp(host);
    const draining = nextState(host, ({ state }) => state === 'draining');
    const stopped = host.stop({ drain: 60_000 });
    await draining;
    expect(firstRow(host)).toMatchObject({ state: 'draining', inFlight: 1, abandoned: 1 });
    await release(firstRow(host).pid);
    await stopped;
  });

  test('does not hold up a stop beyond its drain', async () => {
    const { host } = await startHost();
    await giveUp(host);
    await host.stop({ drain: 20 });
    expect(firstRow(host)).toMatchObject({ state: 'stopped', inFlight: 0, abandoned: 0 });
  });

  test('is waited for by a rolling restart, while new calls are served', async () => {
    const { host } = await startHost();
    await giveUp(host);
    const old = firstRow(host);
    const draining = nextState(host, ({ state }) => state === 'draining');
    const restarted = host.restart('work');
    await draining;
    expect(await host.client(work).pid(null)).not.toBe(old.pid);
    expect(host.status().at(-1)).toMatchObject({ instance: old.instance, state: 'draining', abandoned: 1 });
    if (old.pid !== undefined) await release(old.pid);
    await restarted;
    expect(host.status()).toHaveLength(1);
  });

  test('keeps its process from being idle', async () => {
    const { host, states } = await startHost({ idleStop: 30 });
    await giveUp(host);
    await host.client(work).echo(1);
    await expect(host.client(work).ignore(null, { timeout: 100 })).rejects.toMatchObject({ code: 'ERR_LINK_TIMEOUT' });
    expect(states).not.toContain('work-1 draining');
    const idle = nextState(host, ({ state }) => state === 'stopped');
    await release(firstRow(host).pid);
    await idle;
  });

  test('costs its process its place where that was chosen, and only once it holds all slots', async () => {
    const { host } = await startHost({ concurrency: 2, replaceStuckAfter: 30 });
    await giveUp(host);
    const old = firstRow(host);
    const replaced = nextLog(host, ({ source, message }) => source === 'host' && message.includes('replaceStuckAfter'));
    const gone = nextState(host, ({ instance, state }) => instance === old.instance && state === 'stopped');
    expect(await host.client(work).pid(null)).toBe(old.pid);
    await giveUp(host);
    const waiting = host.client(work).pid(null);
    await replaced;
    expect(await waiting).not.toBe(old.pid);
    await gone;
    expect(firstRow(host)).toMatchObject({ state: 'ready', restarts: 0, inFlight: 0, abandoned: 0 });
  });

  test('lets a process that drains end sooner where that was chosen', async () => {
    const { host } = await startHost({ replaceStuckAfter: 30 });
    await giveUp(host);
    await host.stop({ drain: Infinity });
    expect(firstRow(host).state).toBe('stopped');
  });

  test('is gone with its process', async () => {
    const { host } = await startHost({ concurrency: 1 });
    await giveUp(host);
    const ready = nextState(host, ({ state }) => state === 'ready');
    kill(host);
    expect(await host.client(work).echo('after')).toBe('after');
    await ready;
    expect(firstRow(host)).toMatchObject({ inFlight: 0, abandoned: 0, restarts: 1 });
  });
});

test('an instance that computes without a pause does not get the calls that another could answer', async () => {
  const { host } = await startHost({ instances: 2 });
  await expect(host.client(work).block(1_000, { timeout: 30 })).rejects.toMatchObject({ code: 'ERR_LINK_TIMEOUT' });
  const answers = [];
  for (let call = 0; call < 10; call++) answers.push(await host.client(work).echo(call));
  expect(answers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
