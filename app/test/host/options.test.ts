import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import { type DrainOptions, SidecarHost, type SidecarOptions } from '../../src/host/index.ts';
import { resolveSidecarOptions } from '../../src/host/options.ts';
import { spawnLauncher } from '../../src/host/spawn.ts';
import { utilityLauncher } from '../../src/host/utility.ts';
import { work } from './fixtures/contract.mjs';

vi.mock(import('node:os'), async (load) => ({ ...(await load()), availableParallelism: vi.fn<() => number>() }));

const least = { contract: work, launcher: forkLauncher(), entry: '/app/sidecar.js' };

test('an entry may be a URL', () => {
  const entry = pathToFileURL('/app/a sidecar.js');
  const path = resolve('/app/a sidecar.js');
  expect(resolveSidecarOptions('work', { ...least, entry }).entry).toBe(path);
  expect(resolveSidecarOptions('work', { ...least, entry: entry.href }).entry).toBe(path);
});

test.each([
  [1, 1],
  [2, 1],
  [8, 7],
])(
  "on %d processors 'auto' gives %d instances: one is the host's, and one there always is",
  (processors, instances) => {
    vi.mocked(availableParallelism).mockReturnValue(processors);
    expect(resolveSidecarOptions('work', { ...least, instances: 'auto' }).instances).toBe(instances);
  },
);

test('an option that can not be is named', () => {
  const wrong: readonly Partial<SidecarOptions>[] = [
    { instances: 0 },
    { instances: Infinity },
    { spares: -1 },
    { spares: Infinity },
    { concurrency: 1.5 },
    { retries: -1 },
    { startTimeout: NaN },
    JSON.parse('{ "stopTimeout": "5" }'),
    { queue: { limit: -1 } },
    { restart: { maxCrashes: 0 } },
    { entry: new URL('https://example.org/sidecar.js') },
    { link: { heartbeat: -1 } },
    JSON.parse('{ "priority": "high" }'),
  ];
  const messages = wrong.map((options) => {
    try {
      return resolveSidecarOptions('work', { ...least, ...options });
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "new SidecarHost(): work.instances must be a whole number from 1 on, not 0.",
      "new SidecarHost(): work.instances must be finite, or 'auto'.",
      "new SidecarHost(): work.spares must be a whole number from 0 on, not -1.",
      "new SidecarHost(): work.spares must be finite.",
      "new SidecarHost(): work.concurrency must be a whole number from 1 on, not 1.5.",
      "new SidecarHost(): work.retries must be a whole number from 0 on, not -1.",
      "new SidecarHost(): work.startTimeout must be milliseconds from 1 on, or Infinity for never, not NaN.",
      "new SidecarHost(): work.stopTimeout must be milliseconds from 0 on, or Infinity for never, not '5'.",
      "new SidecarHost(): work.queue.limit must be a whole number from 0 on, not -1.",
      "new SidecarHost(): work.restart.maxCrashes must be a whole number from 1 on, not 0.",
      "new SidecarHost(): work.entry must be a path or a file: URL, not https://example.org/sidecar.js (The URL must be of scheme file).",
      "new SidecarHost(): work.link can't be: new Server(name, { heartbeat }): must be milliseconds from 0 on, or Infinity for never, not -1.",
      "new SidecarHost(): work.priority must be one of 'normal', 'below-normal', 'low', not 'high'.",
    ]
  `);
});

const durations = ['idleStop', 'startTimeout', 'stopTimeout', 'killUnresponsiveAfter', 'replaceStuckAfter'];
const restartDurations = ['window', 'minDelay', 'maxDelay'];

describe.each([
  ...durations.map((name) => [name, (value: unknown) => ({ [name]: value })] as const),
  ...restartDurations.map((name) => [`restart.${name}`, (value: unknown) => ({ restart: { [name]: value } })] as const),
])('the duration %s', (name, create) => {
  test.each([NaN, -1, -Infinity, '5', {}])('can not be %j', (value) => {
    expect(() => resolveSidecarOptions('work', { ...least, ...create(value) })).toThrow(
      expect.objectContaining({
        code: 'ERR_SIDECAR_CONFIG',
        message: expect.stringContaining(`work.${name} must be milliseconds from`),
      }),
    );
  });

  test('may be infinite', () => {
    const { idleStopMs, replaceStuckAfterMs, machine } = resolveSidecarOptions('work', {
      ...least,
      ...create(Infinity),
    });
    const { restart, ...others } = machine;
    const resolved: Readonly<Record<string, unknown>> = { idleStopMs, replaceStuckAfterMs, ...others, ...restart };
    expect(resolved[`${name.replace('restart.', '')}Ms`]).toBe(Infinity);
  });
});

describe('the older name of an option', () => {
  const older = {
    idleStopMs: 1,
    startTimeoutMs: 2,
    stopTimeoutMs: 3,
    killUnresponsiveAfterMs: 4,
    replaceStuckAfterMs: 5,
    restart: { windowMs: 6, minDelayMs: 7, maxDelayMs: 8 },
  };
  const { restart: olderRestart, ...olderDurations } = older;
  const unchecked: object = older;

  test('is taken, with one warning for each name in a process', () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const resolved = [1, 2].map(() => resolveSidecarOptions('work', { ...least, ...unchecked }));
    const calls = [...emitWarning.mock.calls];
    emitWarning.mockRestore();
    expect(resolved[1]).toMatchObject({
      idleStopMs: 1,
      replaceStuckAfterMs: 5,
      machine: {
        startTimeoutMs: 2,
        stopTimeoutMs: 3,
        killUnresponsiveAfterMs: 4,
        restart: { maxCrashes: 3, windowMs: 6, minDelayMs: 7, maxDelayMs: 8 },
      },
    });
    const names = [...Object.keys(olderDurations), ...Object.keys(olderRestart)];
    expect(calls).toEqual(
      names.map((name) => [
        `new SidecarHost(): '${name}' is the older name of '${name.slice(0, -2)}'. Write '${name.slice(0, -2)}', which takes the same.`,
        { type: 'DeprecationWarning', code: 'IPC_LINK_DEP0001' },
      ]),
    );
  });

  test.each(Object.entries(olderDurations))('%s is refused beside the name of now', (name, value) => {
    const both: object = { [name]: value, [name.slice(0, -2)]: value };
    expect(() => resolveSidecarOptions('work', { ...least, ...both })).toThrow(
      expect.objectContaining({
        code: 'ERR_SIDECAR_CONFIG',
        message: `new SidecarHost(): work.${name} is the older name of '${name.slice(0, -2)}', which is given too; leave '${name}' out.`,
      }),
    );
  });

  test('is refused so within restart as well', () => {
    const restart: object = { minDelay: 1, minDelayMs: 1 };
    expect(() => resolveSidecarOptions('work', { ...least, restart })).toThrow(
      "work.restart.minDelayMs is the older name of 'minDelay', which is given too",
    );
  });

  test('that is undefined is as if it were left out', () => {
    const both: object = { idleStop: 5, idleStopMs: undefined };
    expect(resolveSidecarOptions('work', { ...least, ...both }).idleStopMs).toBe(5);
  });

  test('takes no other values than the name of now', () => {
    const wrong: object = { stopTimeoutMs: '5' };
    expect(() => resolveSidecarOptions('work', { ...least, ...wrong })).toThrow(
      'work.stopTimeout must be milliseconds',
    );
  });
});

test.each<readonly [string, unknown, string]>([
  ['null', null, 'its options must be an object'],
  ['no sidecars', {}, 'sidecars must be an object'],
  ['a sidecar that is null', { sidecars: { work: null } }, 'work must be an object'],
  ['a sidecar without a contract', { sidecars: { work: {} } }, 'work.contract must be an object'],
])('options that are none are refused: %s', (_name, options, words) => {
  expect(() => Reflect.construct(SidecarHost, [options])).toThrow(
    expect.objectContaining({ code: 'ERR_SIDECAR_CONFIG', message: expect.stringContaining(words) }),
  );
});

test('an option that is null is as if it were left out', () => {
  const options: object = { ...least, queue: null, env: null, restart: null, link: null, args: null };
  expect(resolveSidecarOptions('work', Object(options))).toStrictEqual(resolveSidecarOptions('work', least));
});

test('two sidecars with one contract, and a contract without a sidecar', () => {
  expect(() => new SidecarHost({ sidecars: { a: least, b: least } })).toThrow(
    expect.objectContaining({ code: 'ERR_SIDECAR_CONFIG' }),
  );
  const host = new SidecarHost({ sidecars: { work: least } });
  expect(() => host.client({ name: 'other', operations: {} })).toThrow(
    expect.objectContaining({ code: 'ERR_SIDECAR_UNKNOWN' }),
  );
});

describe('whatever takes options refuses what is none', () => {
  const host = new SidecarHost({ sidecars: { work: least } });
  const app = { on: () => {}, off: () => {}, quit: () => {} };

  test.each<readonly [string, (options: DrainOptions) => unknown]>([
    ['stop(options)', (options) => host.stop(options)],
    ["restart('work', options)", (options) => host.restart('work', options)],
    ['attachTo(app, options)', (options) => host.attachTo(app, options)],
  ])('host.%s', async (call, run) => {
    const wrong = {
      null: 'its options must be an object',
      5: 'its options must be an object',
      '{ "drain": "5" }': "drain must be milliseconds from 0 on, or Infinity for never, not '5'",
      '{ "drain": -1 }': 'drain must be milliseconds from 0 on, or Infinity for never, not -1',
    };
    const refusals = Object.keys(wrong).map(async (options) => {
      await run(JSON.parse(options));
    });
    const results = await Promise.allSettled(refusals);
    expect(results).toMatchObject(
      Object.values(wrong).map((problem) => ({
        status: 'rejected',
        reason: { code: 'ERR_SIDECAR_CONFIG', message: `${call}: ${problem}.` },
      })),
    );
  });

  test.each<readonly [string, () => unknown]>([
    ['forkLauncher()', () => forkLauncher(JSON.parse('null'))],
    ['spawnLauncher()', () => spawnLauncher(JSON.parse('null'))],
    ['utilityLauncher()', () => utilityLauncher(JSON.parse('null'))],
  ])('%s', (call, create) => {
    expect(create).toThrow(
      expect.objectContaining({ code: 'ERR_SIDECAR_CONFIG', message: `${call}: its options must be an object.` }),
    );
  });

  test('spawnLauncher() without a command', () => {
    expect(() => spawnLauncher(JSON.parse('{}'))).toThrow('spawnLauncher(): command must be a string.');
  });
});
