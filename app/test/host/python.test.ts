import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { describeValue } from '../../../shared/test/type-rows/describe-value.ts';
import { isHere } from '../../../shared/test/type-rows/row.ts';
import { typeRows } from '../../../shared/test/type-rows/rows.ts';
import { prepareValues } from '../../../shared/test/type-rows/values.ts';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { findPython } from '../../../python/interpreter.mjs';
import type { SidecarOptions } from '../../src/host/index.ts';
import { firstRow, isAlive, nextLog, nextState, startHost, type TestHost } from './helpers.ts';
import { python } from './python/contract.mjs';
import { describeSidecar } from './python/launch.mjs';

const INSTALL_MS = 15 * 60_000;
const abandoned = { signal: null, code: 'ERR_SIDECAR_CRASHED' };

beforeEach(() => onlyUnix('python'));
beforeAll(() => {
  if (process.platform !== 'win32') findPython();
}, INSTALL_MS);

function startPython(options: Partial<SidecarOptions> = {}): Promise<TestHost> {
  return startHost({ ...describeSidecar(), ...options });
}

/** Sends a signal to the process of the first instance. */
function signal(host: TestHost['host'], name: NodeJS.Signals): void {
  const { pid } = firstRow(host);
  if (pid === undefined) throw new Error('the first instance has no process');
  process.kill(pid, name);
}

/** Begins a call that goes on until it is ended. Resolves when its handler has begun. */
async function begin(
  { host }: TestHost,
  operation: 'hold' | 'deaf',
  options: { readonly signal?: AbortSignal; readonly timeout?: number } = {},
): Promise<{ readonly failure: Promise<unknown> }> {
  let failure: Promise<unknown> = Promise.resolve();
  await new Promise<unknown>((resolve) => {
    const call = host.client(python)[operation](null, { ...options, onProgress: resolve });
    failure = call.catch((error: unknown) => error);
  });
  return { failure };
}

describe('a sidecar in Python', () => {
  test.each(['msgpack', 'json'] as const)('carries every type there and back, in %s', async (codec) => {
    await prepareValues();
    const { host } = await startPython({ link: { codec } });
    const { echo } = host.client(python);
    const rows = Object.values(typeRows).flat();
    const carried = rows.filter((row) => row.refused === undefined && isHere(row));
    expect(carried.length).toBeGreaterThan(80);
    for (const { name, make, arrives } of carried) {
      const expected = arrives === undefined ? make() : arrives('node');
      expect(`${name}: ${describeValue(await echo([make()]))}`).toBe(`${name}: ${describeValue([expected])}`);
    }
  });

  test('answers calls with progress, log lines and errors, streams, keeps the order, and carries large bodies', async () => {
    const test = await startPython();
    const { host, logs } = test;
    const client = host.client(python);

    const told = nextLog(host, ({ message }) => message === 'worked');
    const printed = nextLog(host, ({ message }) => message === 'printed');
    const reports: unknown[] = [];
    expect(await client.work(3, { onProgress: (report) => reports.push(report) })).toBe(firstRow(host).pid);
    expect(reports).toEqual([0, 1, 2]);
    expect(await told).toMatchObject({ level: 'info', source: 'handler', fields: { steps: 3, thread: true } });
    expect((await told).requestId).toEqual(expect.any(String));
    expect((await printed).source).toBe('stdout');

    await expect(client.fail(null)).rejects.toMatchObject({
      code: 'ERR_LINK_REPLY',
      message: 'There is nothing to count.',
      reply: { name: 'ValueError', stack: expect.stringContaining('sidecar.py') },
    });

    const items: unknown[] = [];
    for await (const item of client.count(2_000)) items.push(item);
    expect(items).toEqual(Array.from({ length: 2_000 }, (_, index) => index));

    // A slow reader stops the generator: the window has 256 KiB, which three items of 100,000 bytes exceed.
    const left = nextLog(host, ({ message }) => message === 'left');
    let read = 0;
    for await (const item of client.flood(100_000)) {
      expect(item).toHaveLength(100_000);
      if (++read === 4) break;
    }
    const { fields } = await left;
    expect(fields?.['made']).toBeLessThanOrEqual(4 + 4);

    const inOrder = Array.from({ length: 200 }, (_, index) => index);
    const seen = await Promise.all(inOrder.map((index) => client.note(index)));
    expect(seen.at(-1)).toEqual(inOrder);

    const large = Buffer.alloc(8 * 1_048_576, 'large');
    const echoed = await client.echo(large);
    expect(Buffer.isBuffer(echoed) && echoed.equals(large)).toBe(true);
    expect(logs.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('hears of a cancel and of a deadline, and its slots are free when the handler has ended', async () => {
    const test = await startPython();
    const controller = new AbortController();
    const cancelled = nextLog(test.host, ({ message }) => message === 'cancelled');
    const { failure } = await begin(test, 'hold', { signal: controller.signal });
    controller.abort();
    expect(await failure).toMatchObject({ name: 'AbortError' });
    await cancelled;

    const late = nextLog(test.host, ({ message }) => message === 'cancelled');
    const { failure: timeout } = await begin(test, 'hold', { timeout: 50 });
    expect(await timeout).toMatchObject({ code: 'ERR_LINK_TIMEOUT' });
    await late;
    await expect.poll(() => firstRow(test.host).inFlight).toBe(0);
  });

  test('is started again after a crash, whose last words are in the error', async () => {
    const test = await startPython();
    const { failure } = await begin(test, 'hold');
    const crash = { code: 'ERR_SIDECAR_CRASHED', exitCode: 7, stderr: ['last words'] };
    await expect(test.host.client(python).crash(7)).rejects.toMatchObject(crash);
    expect(await failure).toMatchObject(crash);
    expect(await test.host.client(python).echo('again')).toBe('again');
    const crashed = nextState(test.host, ({ state }) => state === 'crashed');
    signal(test.host, 'SIGKILL');
    await crashed;
    expect(await test.host.client(python).echo('and again')).toBe('and again');
    expect(firstRow(test.host).restarts).toBe(2);
  });

  test('that is stopped by a signal is unresponsive, and goes on, or is killed, as the host is told to', async () => {
    const patient = await startPython({ link: { heartbeat: 20 } });
    const unresponsive = nextState(patient.host, ({ state }) => state === 'unresponsive');
    signal(patient.host, 'SIGSTOP');
    await unresponsive;
    const ready = nextState(patient.host, ({ state }) => state === 'ready');
    signal(patient.host, 'SIGCONT');
    await ready;
    expect(await patient.host.client(python).echo(1)).toBe(1);

    const { pid } = firstRow(patient.host);
    signal(patient.host, 'SIGSTOP');
    await patient.host.stop({ drain: 0 });
    expect(isAlive(pid)).toBe(false);
  });

  test('that lets nothing else run is replaced', async () => {
    const test = await startPython({ link: { heartbeat: 50 }, killUnresponsiveAfter: 50 });
    const { failure } = await begin(test, 'deaf');
    expect(await failure).toMatchObject({ ...abandoned, signal: 'SIGKILL' });
    expect(await test.host.client(python).echo(1)).toBe(1);
  });

  test('finishes its calls before a stop, cleans up in one that can not wait, and leaves nothing behind', async () => {
    const test = await startPython();
    const { pid } = firstRow(test.host);
    const { failure } = await begin(test, 'hold');
    await test.host.stop({ drain: 0 });
    expect(await failure).toMatchObject({ code: 'ERR_LINK_CLOSED' });
    expect(isAlive(pid)).toBe(false);
    expect(test.states.slice(-2)).toEqual(['work-1 draining', 'work-1 stopped']);
  });

  test.each(['hold', 'deaf'] as const)('ends with its host, however that was killed: in %s', async (operation) => {
    const program = fileURLToPath(new URL('python/lone-host.mjs', import.meta.url));
    const host = spawn(process.execPath, [program, operation], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void host.kill('SIGKILL'));
    const [line] = await once(createInterface({ input: host.stdout }), 'line');
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    host.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 2_000, interval: 20 }).toBe(false);
  });
});
