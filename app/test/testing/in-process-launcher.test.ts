import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { ReplyError } from 'ipc-link';
import { type Client, ContractError, defineContract, stream, task } from 'ipc-link/contract';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { SidecarCrashedError, SidecarHost, type SidecarOptions } from '../../src/host/index.ts';
import { inProcessLauncher, type InProcessLauncher } from '../../src/testing/index.ts';

const input = z.object({ upTo: z.number().int() });
const progress = z.object({ at: z.number() });

const counting = defineContract('counting', {
  count: task({ input, output: z.number(), progress }),
  countAgain: task({ input, output: z.number(), progress, idempotent: true }),
  list: stream({ input, item: z.number() }),
});

interface Started {
  readonly host: SidecarHost;
  readonly launcher: InProcessLauncher;
  readonly client: Client<typeof counting>;
  /** Inputs that a handler has begun with. */
  readonly begun: number[];
  /** Reasons by which handlers were aborted. */
  readonly aborted: unknown[];
}

/** A program that calls a handler, stops its host, and prints the answer and how many timers keep it alive. */
const liveAndLeave = `
  import { defineContract, task } from 'ipc-link/contract';
  import { SidecarHost } from 'ipc-link/host';
  import { inProcessLauncher } from 'ipc-link/testing';
  const any = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
  const echo = defineContract('echo', { once: task({ input: any, output: any }) });
  const launcher = inProcessLauncher(echo, { once: (input) => input });
  const host = new SidecarHost({ sidecars: { echo: { contract: echo, launcher } } });
  await host.start();
  const answer = await host.client(echo).once(1, { timeout: 60_000 });
  await host.stop();
  console.log(answer, process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);
`;

/** Inputs that make a handler behave in a way of its own. */
const [throws, waits, reportsWrongly, answersWrongly] = [-1, -2, -3, -4];

/** A host that has no folder to make a socket in. */
async function start(options: Partial<SidecarOptions> = {}): Promise<Started> {
  const begun: number[] = [];
  const aborted: unknown[] = [];
  const launcher = inProcessLauncher(counting, {
    async count({ upTo }, { signal, progress: report, log }) {
      begun.push(upTo);
      log.info('counting', { upTo });
      if (upTo === throws) throw Object.assign(new RangeError('too little'), { code: 'E_LITTLE' });
      report({ at: upTo === reportsWrongly ? Number.NaN : 0 });
      if (upTo === waits) {
        await once(signal, 'abort');
        aborted.push(signal.reason);
      }
      return upTo === answersWrongly ? Number.NaN : upTo;
    },
    async countAgain({ upTo }, { signal, progress: report }) {
      begun.push(upTo);
      report({ at: 0 });
      if (begun.length === 1) await once(signal, 'abort');
      return upTo;
    },
    async *list({ upTo }) {
      for (let number = 1; number <= upTo; number++) {
        begun.push(number);
        yield number;
      }
    },
  });
  const sidecar = { contract: counting, launcher, ...options };
  const host = new SidecarHost({ sidecars: { counting: sidecar }, socketFolder: '/nowhere' });
  onTestFinished(() => host.stop({ drain: 0 }));
  await host.start();
  return { host, launcher, client: host.client(counting), begun, aborted };
}

/** Begins a call whose handler waits for its signal, and waits until it does. */
async function begin(
  call: Client<typeof counting>['count'],
  options: { readonly timeout?: number; readonly signal?: AbortSignal } = {},
): Promise<{ readonly error: Promise<unknown> }> {
  let error: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    const result = call({ upTo: waits }, { ...options, onProgress: () => resolve() });
    error = result.then(
      () => 'answered',
      (reason: unknown) => reason,
    );
  });
  return { error };
}

describe('a sidecar in the process of its host', () => {
  test('answers, reports and streams, and its handlers log', async () => {
    const { host, client } = await start();
    const logged = once(host, 'log');
    const reports: unknown[] = [];
    await expect(client.count({ upTo: 3 }, { onProgress: (report) => reports.push(report) })).resolves.toBe(3);
    expect(reports).toStrictEqual([{ at: 0 }]);
    const [entry] = await logged;
    expect(entry).toMatchObject({ level: 'info', message: 'counting', fields: { upTo: 3 }, instance: 'counting-1' });
    const items: number[] = [];
    for await (const item of client.list({ upTo: 3 })) items.push(item);
    expect(items).toStrictEqual([1, 2, 3]);
    expect(host.status()).toMatchObject([{ instance: 'counting-1', state: 'ready', pid: undefined, rss: null }]);
  });

  test('fails as over a socket: what the handler throws is a ReplyError', async () => {
    const { client } = await start();
    const error = await client.count({ upTo: throws }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ReplyError);
    expect(error).toMatchObject({ code: 'E_LITTLE', message: 'too little', reply: { name: 'RangeError' } });
  });

  test.each([
    { part: 'input', upTo: 0.5, code: 'ERR_LINK_INVALID_INPUT' },
    { part: 'progress', upTo: reportsWrongly, code: 'ERR_LINK_INVALID_PROGRESS' },
    { part: 'output', upTo: answersWrongly, code: 'ERR_LINK_INVALID_OUTPUT' },
  ])('$part that does not fit the contract is refused, with its issues', async ({ upTo, code }) => {
    const { client } = await start();
    const error = await client.count({ upTo }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code });
    if (code !== 'ERR_LINK_INVALID_PROGRESS') {
      expect(error).toBeInstanceOf(ContractError);
      expect(error).toHaveProperty('issues.length', 1);
    }
  });

  test('an aborted call rejects at once, and so does its handler', async () => {
    const { client, aborted } = await start();
    const controller = new AbortController();
    const { error } = await begin(client.count, { signal: controller.signal });
    controller.abort();
    await expect(error).resolves.toHaveProperty('name', 'AbortError');
    await vi.waitUntil(() => aborted.length === 1);
  });

  test('a stream is produced as far as its reader reads', async () => {
    const { client, begun } = await start({ link: { streamWindow: 64 } });
    for await (const item of client.list({ upTo: 10_000 })) if (item === 2) break;
    expect(begun.length).toBeLessThan(1_000);
  });

  test('a handler that is missing is told before anything is started', () => {
    // @ts-expect-error: two handlers are missing
    expect(() => inProcessLauncher(counting, { count: () => 1 })).toThrow("the handler for 'countAgain' is missing");
  });

  test('nothing keeps the process alive once the host has stopped', async () => {
    const args = ['--input-type=module', '--eval', liveAndLeave];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
    expect({ stdout, stderr }).toStrictEqual({ stdout: '1 0\n', stderr: '' });
  });
});

describe('a crash', () => {
  test('rejects the calls in flight, and the sidecar is started again', async () => {
    const { host, launcher, client } = await start({ restart: { minDelay: 0 } });
    const { error } = await begin(client.count);
    const crashed = once(host, 'crash');
    launcher.crash({ exitCode: 3, stderr: 'out of paper\n' });
    await expect(error).resolves.toBeInstanceOf(SidecarCrashedError);
    await expect(error).resolves.toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      exitCode: 3,
      signal: null,
      stderr: ['out of paper'],
    });
    expect((await crashed)[0]).toBe(await error);
    await expect(client.count({ upTo: 1 })).resolves.toBe(1);
    expect(host.status()).toMatchObject([{ restarts: 1 }]);
  });

  test('is covered by a spare where there is one', async () => {
    const { host, launcher, client } = await start({ spares: 1, restart: { minDelay: 60_000 } });
    await vi.waitUntil(() => host.status().some(({ state }) => state === 'spare'));
    launcher.crash({ instance: 'counting-1' });
    await once(host, 'crash');
    await expect(client.count({ upTo: 1 })).resolves.toBe(1);
    expect(host.status()).toMatchObject([
      { instance: 'counting-2', state: 'ready', restarts: 1 },
      { instance: 'counting-1', state: 'backoff' },
    ]);
  });

  test('can seem to be by a signal, and of one instance only', async () => {
    const { host, launcher, client, begun } = await start({ instances: 2, restart: { minDelay: 60_000 } });
    const first = await begin(client.count);
    const second = await begin(client.count);
    launcher.crash({ instance: 'counting-1', signal: 'SIGSEGV' });
    await expect(first.error).resolves.toMatchObject({ instance: 'counting-1', exitCode: null, signal: 'SIGSEGV' });
    expect(host.status().map(({ state }) => state)).toStrictEqual(['backoff', 'ready']);
    launcher.crash();
    await expect(second.error).resolves.toMatchObject({ instance: 'counting-2', exitCode: 1 });
    expect(begun).toStrictEqual([waits, waits]);
  });

  test('a task that is idempotent runs again', async () => {
    const { launcher, client, begun } = await start({ restart: { minDelay: 0 } });
    const answer = client.countAgain({ upTo: 5 });
    await vi.waitUntil(() => begun.length === 1);
    launcher.crash();
    await expect(answer).resolves.toBe(5);
    expect(begun).toStrictEqual([5, 5]);
  });

  test('too many of them make the sidecar fail', async () => {
    const { host, launcher, client } = await start({ restart: { maxCrashes: 1 } });
    const { error } = await begin(client.count);
    launcher.crash();
    await error;
    await expect(client.count({ upTo: 1 })).rejects.toMatchObject({ code: 'ERR_SIDECAR_FAILED' });
    expect(host.status()).toMatchObject([{ state: 'failed' }]);
  });
});

describe('under fake timers', () => {
  test('calls are answered, and time out when the time is moved', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, host, aborted } = await start();
    await expect(client.count({ upTo: 1 })).resolves.toBe(1);
    const { error } = await begin(client.count, { timeout: 60_000 });
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(error).resolves.toMatchObject({ code: 'ERR_LINK_TIMEOUT' });
    await host.stop();
    expect(aborted).toHaveLength(1);
  });

  test('a sidecar that has crashed is back when its delay has passed', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { host, launcher, client } = await start({ restart: { minDelay: 5_000 } });
    const { error } = await begin(client.count);
    launcher.crash();
    await expect(error).resolves.toMatchObject({ code: 'ERR_SIDECAR_CRASHED' });
    expect(host.status()).toMatchObject([{ state: 'backoff' }]);
    const answer = client.count({ upTo: 1 });
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(answer).resolves.toBe(1);
    await host.stop();
  });
});
