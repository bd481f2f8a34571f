import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import { SidecarCrashedError, SidecarHost } from '../../src/host/index.ts';
import { spawnLauncher } from '../../src/host/spawn.ts';
import { notInWine, onlyUnix } from '../../../shared/test/support/left-out.ts';
import { freeze, release, thaw } from '../../../shared/test/support/levers.ts';
import { work } from './fixtures/contract.mjs';
import {
  createHost,
  filesIn,
  filesOf,
  firstRow,
  fixture,
  hold,
  isAlive,
  killed,
  nextLog,
  nextState,
  startHost,
} from './helpers.ts';

describe('start and stop', () => {
  test('a sidecar is started, answers, and is gone after the stop with its folder', async () => {
    const { host, folder, states } = await startHost();
    const { pid } = firstRow(host);
    expect(await host.client(work).pid(null)).toBe(pid);
    expect(await filesIn(folder)).toHaveLength(filesOf({ processes: 1 }));
    await host.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await filesIn(folder)).toEqual([]);
    expect(states).toEqual(['work-1 starting', 'work-1 ready', 'work-1 draining', 'work-1 stopped']);
  });

  test('a stop lets calls in flight finish', async () => {
    const { host } = await startHost();
    const { result } = await hold(host);
    const stopped = host.stop();
    expect(firstRow(host).state).toBe('draining');
    await release(firstRow(host).pid);
    expect(await result).toBe('released');
    await stopped;
  });

  test('calls that are not done in time reject, and the sidecar is gone all the same', async () => {
    const { host } = await startHost();
    const { pid } = firstRow(host);
    const { result } = await hold(host);
    const rejected = expect(result).rejects.toMatchObject({
      code: 'ERR_LINK_CLOSED',
      message: expect.stringContaining("Give attachTo(), stop() or restart(), whichever stopped it, a longer 'drain'"),
    });
    await host.stop({ drain: 0 });
    await rejected;
    expect(isAlive(pid)).toBe(false);
  });

  test('a second stop may be less patient than the first', async () => {
    const { host } = await startHost();
    const { result } = await hold(host);
    const rejected = expect(result).rejects.toMatchObject({ code: 'ERR_LINK_CLOSED' });
    const patient = host.stop({ drain: Infinity });
    await host.stop({ drain: 0 });
    await Promise.all([patient, rejected]);
  });

  test('no call is taken before the start and after the stop, and a stopped host starts again', async () => {
    const { host } = await createHost();
    const { echo } = host.client(work);
    await expect(echo(1)).rejects.toMatchObject({ code: 'ERR_SIDECAR_STOPPED' });
    await host.start();
    expect(await echo(2)).toBe(2);
    await host.stop();
    await expect(echo(3)).rejects.toMatchObject({ code: 'ERR_SIDECAR_STOPPED' });
    await host.start();
    expect(await echo(4)).toBe(4);
  });

  test.each([
    ['at once', () => true],
    ['when its process is there', (host: SidecarHost) => firstRow(host).pid !== undefined],
  ])('stopping during the start, %s, leaves no process behind', async (_, isTime) => {
    const { host, folder, states } = await createHost();
    const rejected = expect(host.start()).rejects.toMatchObject({ code: 'ERR_SIDECAR_STOPPED' });
    await expect.poll(() => isTime(host), { interval: 1 }).toBe(true);
    const { pid, state } = firstRow(host);
    expect(state).toBe('starting');
    await host.stop();
    await rejected;
    expect(states).toEqual(['work-1 starting', 'work-1 draining', 'work-1 stopped']);
    expect(isAlive(pid)).toBe(false);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('a sidecar that heeds neither goodbye nor SIGTERM is killed', async () => {
    onlyUnix('signals');
    const { host, logs } = await startHost({ entry: fixture('stubborn.mjs'), stopTimeout: 100 });
    const { pid } = firstRow(host);
    await host.stop();
    expect(isAlive(pid)).toBe(false);
    expect(logs.map(({ message }) => message)).toContain('SIGTERM, and what of it');
  });

  test('a host can be disposed of', async () => {
    const { host } = await startHost();
    const { pid } = firstRow(host);
    await host[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(false);
  });
});

test('the address for a debugger is in the status', async () => {
  const { host } = await createHost({ inspect: true });
  const told = nextLog(host, ({ message }) => message.startsWith('Debugger listening on '));
  await host.start();
  const { message } = await told;
  expect(firstRow(host).inspectorUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\//);
  expect(message).toBe(`Debugger listening on ${firstRow(host).inspectorUrl}`);
  await host.stop();
  expect(firstRow(host).inspectorUrl).toBeUndefined();
});

describe('crashes', () => {
  test('calls in flight reject with exit code and the last lines of stderr, and the next ones succeed', async () => {
    const { host, states } = await startHost();
    const { result } = await hold(host);
    const held = result.catch((error: unknown) => error);
    const crash = await host
      .client(work)
      .crash({ code: 7, stderr: 'first\nlast words' })
      .catch((error: unknown) => error);
    expect(crash).toBeInstanceOf(SidecarCrashedError);
    expect(crash).toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      sidecar: 'work',
      instance: 'work-1',
      exitCode: 7,
      signal: null,
      stderr: ['first', 'last words'],
      memory: 'no',
      message:
        "'work-1' crashed: it exited with code 7. Whether it acted on the calls in flight is unknown. It said on stderr: last words",
    });
    expect(await held).toBe(crash);
    expect(await host.client(work).echo('again')).toBe('again');
    expect(firstRow(host).restarts).toBe(1);
    expect(states.slice(2)).toEqual(['work-1 crashed', 'work-1 backoff', 'work-1 starting', 'work-1 ready']);
  });

  test('a kill is told that the host has not done', async () => {
    const { host } = await startHost();
    await expect(host.client(work).crash({ signal: 'SIGKILL' })).rejects.toMatchObject(killed);
  });

  test('a signal is told', async () => {
    onlyUnix('signals');
    const { host } = await startHost();
    await expect(host.client(work).crash({ signal: 'SIGSEGV' })).rejects.toMatchObject({
      signal: 'SIGSEGV',
      message: expect.stringContaining('ended by SIGSEGV'),
    });
  });

  test('a full heap is told', async () => {
    const { host } = await startHost({ execArgv: ['--max-old-space-size=32'] });
    await expect(host.client(work).fillHeap(null)).rejects.toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      memory: 'heap',
    });
  });

  test('a full heap is told however much is printed behind it', async () => {
    const { host } = await startHost();
    const word = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    const trace = Array.from({ length: 55 }, (_, frame) => `${frame}: 0xb78db3 node::OOMErrorHandler`);
    // On Windows an abort is this exit code.
    const abort = process.platform === 'win32' ? { code: 134 } : { signal: 'SIGABRT' };
    const crash = host.client(work).crash({ ...abort, stderr: [word, ...trace].join('\n') });
    await expect(crash).rejects.toMatchObject({
      memory: 'heap',
      stderr: trace.slice(-20),
      message: expect.stringContaining(word),
    });
  });

  test('a stream rejects as well', async () => {
    const { host } = await startHost();
    const read = async (): Promise<void> => {
      for await (const number of host.client(work).count(1e9))
        if (number === 10)
          await host
            .client(work)
            .crash({ code: 1 })
            .catch(() => {});
    };
    await expect(read()).rejects.toMatchObject({ code: 'ERR_SIDECAR_CRASHED', exitCode: 1 });
  });

  test('each crash is an event and a log line', async () => {
    const { host, logs } = await startHost();
    const crashed = new Promise((resolve) => host.once('crash', (error, { instance }) => resolve([error, instance])));
    const error = await host
      .client(work)
      .crash({ code: 1 })
      .catch((thrown: unknown) => thrown);
    expect(await crashed).toEqual([error, 'work-1']);
    expect(logs).toContainEqual(
      expect.objectContaining({
        source: 'host',
        level: 'error',
        instance: 'work-1',
        message: expect.stringContaining('crashed'),
      }),
    );
  });

  test('after too many crashes the sidecar stays down until someone restarts it', async () => {
    const { host, folder } = await startHost();
    const { crash, echo } = host.client(work);
    const failed = nextState(host, ({ state }) => state === 'failed');
    for (let count = 0; count < 3; count++) await crash({ code: 9 }).catch(() => {});
    const { error } = await failed;
    expect(error).toMatchObject({ code: 'ERR_SIDECAR_CRASHED', exitCode: 9 });
    await expect(echo(1)).rejects.toMatchObject({ code: 'ERR_SIDECAR_FAILED', cause: error });
    expect(await filesIn(folder)).toEqual([]);
    await host.restart('work');
    expect(await echo(2)).toBe(2);
  });

  test('an idempotent task is run again, and any other is not', async () => {
    const { host, folder } = await startHost({ restart: { maxCrashes: 100 } });
    expect(await host.client(work).crashOnce({ file: join(folder, 'tried') })).toBe('done');
    expect(firstRow(host).restarts).toBe(1);
  });

  test('an idempotent task that always crashes is given up after the stated retries', async () => {
    const { host } = await startHost({ retries: 2, restart: { maxCrashes: 100 } });
    await expect(host.client(work).crashAlways(null)).rejects.toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      exitCode: 7,
    });
    expect(firstRow(host).restarts + (firstRow(host).state === 'ready' ? 0 : 1)).toBe(3);
  });

  test('a sidecar that hangs up and lives on is ended and started again', async () => {
    const { host } = await startHost();
    const { pid } = firstRow(host);
    await expect(host.client(work).hangUp(null)).rejects.toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      signal: 'SIGKILL',
      memory: 'no',
    });
    expect(isAlive(pid)).toBe(false);
    expect(await host.client(work).echo(1)).toBe(1);
  });
});

describe('starts that fail', () => {
  test('a sidecar that exits at once: its words are in the error, and nothing stays', async () => {
    const { host, folder, states } = await createHost({ entry: fixture('exit-at-once.mjs') });
    const error = await host.start().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'ERR_SIDECAR_FAILED',
      cause: {
        code: 'ERR_SIDECAR_CRASHED',
        exitCode: 5,
        stderr: ['no good reason'],
        message: "'work-1' crashed: it exited with code 5. It said on stderr: no good reason",
      },
    });
    expect(states.filter((state) => state === 'work-1 starting')).toHaveLength(3);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('a sidecar that never says hello', async () => {
    // Long enough for it to be told which instance it is: until then it has not begun, and the error says no more than the timeout.
    const options = { startTimeout: 1_000, restart: { maxCrashes: 1 } };
    const { host, folder } = await createHost({ entry: fixture('silent.mjs'), ...options });
    await expect(host.start()).rejects.toMatchObject({
      code: 'ERR_SIDECAR_FAILED',
      cause: {
        code: 'ERR_SIDECAR_CRASHED',
        signal: 'SIGKILL',
        memory: 'no',
        cause: { code: 'ERR_SIDECAR_START_TIMEOUT' },
      },
    });
    expect(await filesIn(folder)).toEqual([]);
  });

  test('an entry that is not there fails at once', async () => {
    const { host, folder, states } = await createHost({ entry: '/nowhere/sidecar.js' });
    await expect(host.start()).rejects.toMatchObject({
      code: 'ERR_SIDECAR_FAILED',
      cause: { code: 'ERR_SIDECAR_ENTRY' },
    });
    expect(states).toEqual(['work-1 starting', 'work-1 crashed', 'work-1 failed']);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('an executable that is not there fails at once', async () => {
    const { host, folder } = await createHost({ launcher: spawnLauncher({ command: '/nowhere/sidecar' }) });
    await expect(host.start()).rejects.toMatchObject({
      code: 'ERR_SIDECAR_FAILED',
      cause: { code: 'ERR_SIDECAR_LAUNCH' },
    });
    expect(await filesIn(folder)).toEqual([]);
  });

  test.each([
    ['an executable below a file', { launcher: spawnLauncher({ command: `${fixture('silent.mjs')}/sidecar` }) }],
    ['arguments that are too long', { args: ['x'.repeat(200_000)] }],
    ['a working folder that is a file', { cwd: fixture('silent.mjs') }],
    ['a working folder that is missing', { cwd: '/nowhere' }],
  ])('%s: it fails at once and says why, and nothing stays', async (what, options) => {
    if (what === 'arguments that are too long') notInWine('longArguments');
    const { host, folder, states } = await createHost(options);
    await expect(host.start()).rejects.toMatchObject({
      code: 'ERR_SIDECAR_FAILED',
      message: expect.stringContaining('could not be started'),
      cause: { code: 'ERR_SIDECAR_LAUNCH' },
    });
    expect(states).toEqual(['work-1 starting', 'work-1 crashed', 'work-1 failed']);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('a folder for sockets that is not there, or has too long a path', async () => {
    onlyUnix('socketFiles');
    const long = await mkdtemp(join(tmpdir(), 'x'.repeat(100)));
    onTestFinished(() => rm(long, { recursive: true }));
    for (const socketFolder of ['/nowhere', long]) {
      const host = new SidecarHost({
        sidecars: { work: { contract: work, launcher: forkLauncher(), entry: fixture('worker.mjs') } },
        socketFolder,
      });
      await expect(host.start()).rejects.toMatchObject({
        code: 'ERR_SIDECAR_FAILED',
        cause: { code: 'ERR_SIDECAR_ENDPOINT' },
      });
      await host.stop();
    }
    expect(await filesIn(long)).toEqual([]);
  });

  test('calls that waited for the start reject when it fails', async () => {
    const { host } = await createHost({ entry: fixture('exit-at-once.mjs') });
    const starting = host.start().catch(() => {});
    await nextState(host, ({ state }) => state === 'starting');
    await expect(host.client(work).echo(1)).rejects.toMatchObject({ code: 'ERR_SIDECAR_FAILED' });
    await starting;
  });
});

describe('a foreign executable', () => {
  const command = process.execPath;
  const launcher = spawnLauncher({ command, args: [fixture('foreign.mjs')] });

  test('finds its host by the argument, and proves itself by the line on stdin', async () => {
    const { host } = await startHost({ launcher });
    expect(await host.client(work).echo('hello')).toBe('hello');
    const { pid } = firstRow(host);
    await host.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('is supervised as any other', async () => {
    const { host } = await startHost({ launcher });
    await expect(host.client(work).crash({ code: 3 })).rejects.toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      exitCode: 3,
    });
    expect(await host.client(work).echo('again')).toBe('again');
  });
});

describe('a sidecar that does not answer', () => {
  test('is unresponsive, and ready again when it goes on', async () => {
    const { host, states } = await startHost({ link: { heartbeat: 20 } });
    const unresponsive = nextState(host, ({ state }) => state === 'unresponsive');
    await freeze(firstRow(host).pid);
    await unresponsive;
    const waiting = host.client(work).echo('waited');
    const ready = nextState(host, ({ state }) => state === 'ready');
    thaw(firstRow(host).pid);
    await ready;
    expect(await waiting).toBe('waited');
    expect(states).toEqual(['work-1 starting', 'work-1 ready', 'work-1 unresponsive', 'work-1 ready']);
  });

  test('a blocked event loop is no crash', async () => {
    const { host, states } = await startHost({ link: { heartbeat: 20 } });
    expect(await host.client(work).block(300)).toBe(null);
    expect(states).toContain('work-1 unresponsive');
    expect(firstRow(host).restarts).toBe(0);
  });

  test('is killed where the app chose so, and its calls say why', async () => {
    const { host } = await startHost({ link: { heartbeat: 20 }, killUnresponsiveAfter: 50 });
    await expect(host.client(work).block(60_000)).rejects.toMatchObject({
      code: 'ERR_SIDECAR_CRASHED',
      signal: 'SIGKILL',
      cause: { code: 'ERR_SIDECAR_UNRESPONSIVE' },
    });
    expect(await host.client(work).echo(1)).toBe(1);
  });

  test('is gone after a stop, although it was stopped by a signal', async () => {
    const { host } = await startHost({ stopTimeout: 50 });
    const { pid } = firstRow(host);
    await freeze(firstRow(host).pid);
    await host.stop();
    expect(isAlive(pid)).toBe(false);
  });
});

describe('output', () => {
  test('comes line by line with its origin, and handlers log with level and request', async () => {
    const { host, logs } = await startHost();
    const { pid } = firstRow(host);
    const logged = Promise.all([
      nextLog(host, ({ source }) => source === 'stdout'),
      nextLog(host, ({ source }) => source === 'stderr'),
      nextLog(host, ({ source }) => source === 'handler'),
    ]);
    const requestId = await host.client(work).say({ stdout: 'out', stderr: 'err', log: 'structured' });
    const origin = { sidecar: 'work', instance: 'work-1', pid };
    expect(await logged).toEqual([
      { level: 'info', message: 'out', source: 'stdout', ...origin },
      { level: 'warn', message: 'err', source: 'stderr', ...origin },
      { level: 'warn', message: 'structured', source: 'handler', requestId, fields: { answer: 42 }, ...origin },
    ]);
    expect(logs).toHaveLength(3);
  });

  test('the hook gets every line, and one that throws harms nothing', async () => {
    const lines: string[] = [];
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const log = ({ message }: { readonly message: string }): void => {
      lines.push(message);
      throw new Error('a bad logger');
    };
    const sidecar = { contract: work, launcher: forkLauncher(), entry: fixture('worker.mjs') };
    const host = new SidecarHost({ sidecars: { work: sidecar }, log });
    onTestFinished(() => host.stop());
    await host.start();
    await host.client(work).say({ stdout: 'hello' });
    expect((await warned).message).toBe('a bad logger');
    expect(lines).toContain('hello');
    expect(await host.client(work).echo(1)).toBe(1);
  });

  test('a flood without an end of line is read in parts, and the host can stop it', async () => {
    const { host, logs } = await startHost({ entry: fixture('flood.mjs') });
    const { pid } = firstRow(host);
    for (let count = 0; count < 200; count++) await nextLog(host, () => true);
    await host.stop();
    expect(isAlive(pid)).toBe(false);
    expect(Math.max(...logs.map(({ message }) => message.length))).toBeLessThanOrEqual(16_384);
  });
});
