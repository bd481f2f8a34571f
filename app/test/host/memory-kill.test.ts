import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainMemory, SidecarCrashedError, type CrashFacts } from '../../src/host/crash-report.ts';
import { countMemoryKills } from '../../src/host/memory-kill.ts';
import { createFolder } from './helpers.ts';

describe('the count of processes killed for memory', () => {
  test('comes from the control group', async () => {
    const root = await createFolder();
    await put(root, 'proc/self/cgroup', '0::/user.slice/app.scope\n');
    await put(root, 'sys/fs/cgroup/user.slice/app.scope/memory.events', 'low 0\noom 3\noom_kill 2\noom_group_kill 0\n');
    await put(root, 'proc/vmstat', 'oom_kill 9\n');
    expect(countMemoryKills(root)).toBe(2);
  });

  test('comes from the older kind of control group', async () => {
    const root = await createFolder();
    await put(root, 'proc/self/cgroup', '8:pids:/\n4:memory:/box\n0::/\n');
    await put(root, 'sys/fs/cgroup/memory/box/memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 5\n');
    expect(countMemoryKills(root)).toBe(5);
  });

  test('comes from the whole system where there is none', async () => {
    const root = await createFolder();
    await put(root, 'proc/self/cgroup', '0::/\n');
    await put(root, 'proc/vmstat', 'nr_free_pages 1\noom_kill 9\n');
    expect(countMemoryKills(root)).toBe(9);
  });

  test('is unknown elsewhere', async () => {
    expect(countMemoryKills(await createFolder())).toBe(null);
  });
});

describe('the verdict', () => {
  const killed = { exit: { code: null, signal: 'SIGKILL' }, tellingLine: undefined, wasKilledByHost: false } as const;

  test('is the kernel where its count went up', () => {
    expect(explainMemory(killed, 1, 2)).toBe('kernel');
    expect(explainMemory(killed, 1, 1)).toBe('no');
  });

  test('is unknown where nobody counts', () => {
    expect(explainMemory(killed, null, null)).toBe('unknown');
  });

  test('is no for what the host killed itself, and for other ends', () => {
    expect(explainMemory({ ...killed, wasKilledByHost: true }, 1, 2)).toBe('no');
    expect(explainMemory({ ...killed, exit: { code: 1, signal: null } }, 1, 2)).toBe('no');
  });

  describe('is the heap where the runtime says so', () => {
    const tellingLine = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';

    test.each([
      ['by a signal', { code: null, signal: 'SIGABRT' }, tellingLine],
      ['in Deno', { code: null, signal: 'SIGTRAP' }, '# Fatal JavaScript out of memory: Reached heap limit'],
      ['with the code of a shell, or on Windows', { code: 134, signal: null }, tellingLine],
      ['in Electron on Windows', { code: -536_870_904, signal: null }, tellingLine],
      ['so slowly that it had to be given up', null, tellingLine],
    ] as const)('and it ends %s', (_, exit, said) =>
      expect(explainMemory({ exit, tellingLine: said, wasKilledByHost: false }, null, null)).toBe('heap'),
    );

    test('but not where the process chose its exit code: then those were the words of another process', () =>
      expect(explainMemory({ exit: { code: 1, signal: null }, tellingLine, wasKilledByHost: false }, null, null)).toBe(
        'no',
      ));

    test('but not where it gave up for something else', () =>
      expect(
        explainMemory(
          { ...killed, exit: { code: null, signal: 'SIGABRT' }, tellingLine: 'FATAL ERROR: v8::Value' },
          1,
          1,
        ),
      ).toBe('no'));
  });
});

test('the report says how the process ended, in words', () => {
  const exit = { code: null, signal: 'SIGKILL' } as const;
  const facts: CrashFacts = {
    sidecar: 'files',
    instance: 'files-1',
    pid: 7,
    exit,
    stderr: [],
    tellingLine: undefined,
    memory: 'no',
    wasKilledByHost: false,
    wasConnected: true,
    cause: undefined,
  };
  const messages = [
    facts,
    { ...facts, memory: 'kernel' as const },
    { ...facts, memory: 'unknown' as const },
    { ...facts, memory: 'heap' as const },
    { ...facts, exit: { code: 0, signal: null } },
    {
      ...facts,
      stderr: ['throw it', '', 'TypeError: x is not a function', '    at main (a.js:1:1)', '', 'Node.js v20.18.3'],
      tellingLine: 'TypeError: x is not a function',
    },
    { ...facts, wasKilledByHost: true, cause: new Error('It was too slow.') },
    { ...facts, wasKilledByHost: true },
    { ...facts, wasKilledByHost: true, exit: null, cause: new Error('It was too slow.') },
    { ...facts, exit: { code: 1, signal: null }, stderr: ['first', 'last', ''], cause: new Error('It sent nonsense.') },
    { ...facts, wasConnected: false, stderr: ['no such module'] },
    { ...facts, tellingLine: 'panic: nil map', stderr: ['goroutine 7 [select]:', 'main.wait()'] },
  ].map((each) => new SidecarCrashedError(each).message);
  expect(messages).toMatchInlineSnapshot(`
    [
      "'files-1' crashed: it was ended by SIGKILL. Whether it acted on the calls in flight is unknown.",
      "'files-1' crashed: it was killed with SIGKILL, probably by the kernel because memory ran out. Whether it acted on the calls in flight is unknown.",
      "'files-1' crashed: it was killed with SIGKILL, by another process or by the kernel because memory ran out: this system does not tell which. Whether it acted on the calls in flight is unknown.",
      "'files-1' crashed: its JavaScript heap was full (raise it with execArgv: ['--max-old-space-size=MIB'], under utilityLauncher ['--js-flags=--max-old-space-size=MIB']). Whether it acted on the calls in flight is unknown.",
      "'files-1' crashed: it exited with code 0 without being told to. Whether it acted on the calls in flight is unknown.",
      "'files-1' crashed: it was ended by SIGKILL. Whether it acted on the calls in flight is unknown. It said on stderr: TypeError: x is not a function",
      "'files-1' had to be killed: It was too slow. Whether it acted on the calls in flight is unknown.",
      "'files-1' had to be killed: it closed the link and did not end. Whether it acted on the calls in flight is unknown.",
      "'files-1' had to be given up, since it did not even end when killed: It was too slow. Whether it acted on the calls in flight is unknown.",
      "'files-1' crashed: it exited with code 1. It sent nonsense. Whether it acted on the calls in flight is unknown. It said on stderr: last",
      "'files-1' crashed: it was ended by SIGKILL. It said on stderr: no such module",
      "'files-1' crashed: it was ended by SIGKILL. Whether it acted on the calls in flight is unknown. It said on stderr: panic: nil map",
    ]
  `);
});

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
