import { constants, getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import type { Launcher, SidecarHost, SidecarOptions } from '../../src/host/index.ts';
import { nextState, startHost } from './helpers.ts';

const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;

test('processes have the priority of main, unless they are to have a lower one', async () => {
  expect(getPriority()).toBe(PRIORITY_NORMAL);
  expect(await prioritiesOf({})).toEqual([PRIORITY_NORMAL]);
  expect(await prioritiesOf({ priority: 'normal' })).toEqual([PRIORITY_NORMAL]);
  expect(await prioritiesOf({ priority: 'below-normal' })).toEqual([PRIORITY_BELOW_NORMAL]);
  expect(await prioritiesOf({ priority: 'low', instances: 2 })).toEqual([PRIORITY_LOW, PRIORITY_LOW]);
});

test('a process that follows a crash has it too, and a spare that takes a place', async () => {
  const { host } = await startHost({ priority: 'below-normal', spares: 1 });
  while (host.status().every(({ state }) => state !== 'spare')) await nextState(host, () => true);
  expect(readPriorities(host)).toEqual([PRIORITY_BELOW_NORMAL, PRIORITY_BELOW_NORMAL]);
  const follows = nextState(host, ({ state }) => state === 'ready');
  const again = nextState(host, ({ state }) => state === 'spare');
  process.kill(host.status()[0]?.pid ?? 0, 'SIGKILL');
  await Promise.all([follows, again]);
  expect(readPriorities(host)).toEqual([PRIORITY_BELOW_NORMAL, PRIORITY_BELOW_NORMAL]);
});

test('a process whose priority can not be lowered works all the same, and the log says so', async () => {
  const { host, logs } = await startHost({ priority: 'low', launcher: withPid(2 ** 31) });
  expect(host.status()).toMatchObject([{ state: 'ready' }]);
  expect(logs).toMatchObject([
    { level: 'warn', message: expect.stringContaining("keeps its priority instead of 'low'") },
  ]);
});

test('a process that ended before it had one is no news', async () => {
  // No system has so many processes.
  const { logs } = await startHost({ priority: 'low', launcher: withPid(2 ** 31 - 2) });
  expect(logs).toEqual([]);
});

/** Of a host's processes, which are then ended. */
async function prioritiesOf(options: Partial<SidecarOptions>): Promise<number[]> {
  const { host } = await startHost(options);
  const found = readPriorities(host);
  await host.stop();
  return found;
}

function readPriorities(host: SidecarHost): number[] {
  return host.status().map(({ pid = Number.NaN }) => getPriority(pid));
}

/** Starts real processes, and tells another number of them. */
function withPid(pid: number): Launcher {
  const inner = forkLauncher();
  return { launch: async (spec) => ({ ...(await inner.launch(spec)), pid }) };
}
