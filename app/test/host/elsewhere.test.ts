import { LinkError } from 'ipc-link';
import { defineContract, task } from 'ipc-link/contract';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { SidecarCrashedError, SidecarHost, type SidecarOptions } from '../../src/host/index.ts';
import type { LaunchedProcess, Launcher, LaunchSpec, ProcessExit } from '../../src/host/launcher.ts';
import { inProcessLauncher } from '../../src/testing/index.ts';

const waiting = defineContract('waiting', {
  whoami: task({ input: z.null(), output: z.number() }),
  /** Answers when `release` is called. */
  wait: task({ input: z.null(), output: z.string(), progress: z.string() }),
  release: task({ input: z.null(), output: z.null() }),
});

interface Elsewhere {
  readonly launcher: Launcher;
  readonly processes: Map<string, { leave: () => void; lose: (cause: Error) => void }>;
  readonly specs: LaunchSpec[];
}

/** Launches as something that runs processes on other machines does: it knows neither their numbers nor, at times, their ends. */
function elsewhere(): Elsewhere {
  const releases: (() => void)[] = [];
  const inner = inProcessLauncher(waiting, {
    whoami: () => 7,
    wait: (_, { progress }) =>
      new Promise((resolve) => {
        releases.push(() => resolve('released'));
        progress('waiting');
      }),
    release() {
      for (const release of releases.splice(0)) release();
      return null;
    },
  });
  const processes: Elsewhere['processes'] = new Map();
  const specs: LaunchSpec[] = [];
  const launch = async (spec: LaunchSpec): Promise<LaunchedProcess> => {
    specs.push(spec);
    const launched = await inner.launch(spec);
    let leave = (): void => {};
    let lose: (cause: Error) => void = () => {};
    const leaving = new Promise<void>((resolve) => (leave = resolve));
    const lost = new Promise<ProcessExit>((resolve) => {
      lose = (cause) => resolve({ code: null, signal: null, cause });
    });
    processes.set(spec.label, { leave, lose });
    return {
      pid: undefined,
      stdout: launched.stdout,
      stderr: launched.stderr,
      exit: Promise.race([launched.exit, lost]),
      leaving,
      sendLaunchInfo: (info) => launched.sendLaunchInfo(info),
      kill: (signal) => launched.kill(signal),
      rss: () => null,
    };
  };
  return { launcher: { ...inner, launch }, processes, specs };
}

function createHost(launcher: Launcher, options: Partial<SidecarOptions> = {}): SidecarHost {
  const restart = { minDelay: 1, maxDelay: 1 };
  const host = new SidecarHost({ sidecars: { waiting: { contract: waiting, launcher, restart, ...options } } });
  onTestFinished(() => host.stop({ drain: 0 }));
  return host;
}

/** Makes a call. Resolves when its handler has begun. */
async function begin(host: SidecarHost): Promise<{ readonly result: Promise<string> }> {
  let result = Promise.resolve('');
  await new Promise<void>((resolve) => {
    result = host.client(waiting).wait(null, { onProgress: () => resolve() });
    result.catch(() => {});
  });
  return { result };
}

function namesOf(host: SidecarHost): string[] {
  return host.status().map(({ instance }) => instance);
}

function until(host: SidecarHost, instance: string, state: string): Promise<void> {
  return new Promise((resolve) =>
    host.on('state', (change) => {
      if (change.instance === instance && change.state === state) resolve();
    }),
  );
}

test('a process whose end nobody saw rejects its calls with what is known, and another one follows', async () => {
  const { launcher, processes } = elsewhere();
  const host = createHost(launcher);
  await host.start();
  expect(host.status()).toMatchObject([{ pid: undefined, rss: null, uptime: expect.any(Number) }]);
  const { result } = await begin(host);
  const lost = new LinkError('ERR_SIDECAR_LOST', 'Its machine was not heard any more.');
  processes.get('waiting-1')?.lose(lost);
  const error: unknown = await result.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SidecarCrashedError);
  expect(error).toMatchObject({ exitCode: null, signal: null, memory: 'no', cause: lost });
  expect(String(error)).toBe(
    "SidecarCrashedError: 'waiting-1' crashed: its end could not be seen. Its machine was not heard any more. Whether it acted on the calls in flight is unknown.",
  );
  expect(await host.client(waiting).whoami(null)).toBe(7);
});

test('a process that has to leave finishes its calls, takes no more, and has a successor', async () => {
  const { launcher, processes } = elsewhere();
  const host = createHost(launcher);
  await host.start();
  const { result } = await begin(host);
  const isStopped = until(host, 'waiting-1', 'stopped');
  processes.get('waiting-1')?.leave();
  // It waits for the successor, since the one that leaves takes no more.
  expect(await host.client(waiting).whoami(null)).toBe(7);
  expect(host.status().map(({ instance, state }) => `${instance} ${state}`)).toStrictEqual([
    'waiting-2 ready',
    'waiting-1 draining',
  ]);
  await host.client(waiting).release(null);
  expect(await result).toBe('released');
  await isStopped;
  await expect.poll(() => namesOf(host)).toStrictEqual(['waiting-2']);
  expect(host.status()).toMatchObject([{ restarts: 0 }]);
});

test('a spare takes the place of one that leaves, and a spare that leaves is replaced', async () => {
  const { launcher, processes } = elsewhere();
  const host = createHost(launcher, { spares: 1 });
  const isSpare = until(host, 'waiting-2', 'spare');
  await host.start();
  await isSpare;
  const isNext = until(host, 'waiting-3', 'spare');
  processes.get('waiting-1')?.leave();
  await isNext;
  expect(host.status().map(({ instance, state }) => `${instance} ${state}`)).toContain('waiting-2 ready');
  const isLast = until(host, 'waiting-4', 'spare');
  processes.get('waiting-3')?.leave();
  await isLast;
  await expect.poll(() => namesOf(host)).toStrictEqual(['waiting-2', 'waiting-4']);
});

test('a launch that waits for a place is told when nobody wants the process any more', async () => {
  const { launcher, specs } = elsewhere();
  const waitForEver = (spec: LaunchSpec): Promise<LaunchedProcess> => {
    specs.push(spec);
    return new Promise((_, reject) => {
      spec.signal.addEventListener('abort', () => reject(new Error('nobody wants it')));
    });
  };
  const host = createHost({ ...launcher, launch: waitForEver });
  const starting = host.start();
  starting.catch(() => {});
  while (specs.length === 0) await new Promise(setImmediate);
  await host.stop({ drain: 0 });
  expect(specs.map(({ signal }) => signal.aborted)).toStrictEqual([true]);
  await expect(starting).rejects.toEqual(expect.objectContaining({ code: 'ERR_SIDECAR_STOPPED' }));
});
