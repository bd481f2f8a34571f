import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { forkLauncher } from '../../src/host/fork.ts';
import { isPermanent } from '../../src/host/launch-failure.ts';
import type { LaunchedProcess, Launcher, LaunchSpec } from '../../src/host/launcher.ts';
import { spawnLauncher } from '../../src/host/spawn.ts';

const info = { socketRoot: '/run/x/', host: 'host', name: 'files-1', secret: 'c2VjcmV0' };
const running: LaunchedProcess[] = [];

afterEach(async () => {
  for (const launched of running.splice(0)) {
    launched.kill('SIGKILL');
    await launched.exit;
  }
});

describe('fork', () => {
  test('the launch info arrives over the channel, and is neither in arguments nor environment', async () => {
    const launched = await start(forkLauncher(), { entry: fixture('report-launch.mjs'), args: ['--flag'] });
    launched.sendLaunchInfo(info);
    const report: unknown = JSON.parse(await firstLine(launched));
    expect(report).toEqual({
      message: { type: 'ipc-link:launch', info },
      args: ['--flag'],
      env: expect.anything(),
      execArgv: [],
    });
    expect(JSON.stringify({ ...Object(report), message: null })).not.toContain(info.secret);
  });

  test('the environment is the given one', async () => {
    const launched = await start(forkLauncher(), { entry: fixture('report-launch.mjs'), env: { ONLY: 'this' } });
    launched.sendLaunchInfo(info);
    const report: { env: Record<string, string> } = JSON.parse(await firstLine(launched));
    const names = Object.keys(report.env).filter((name) => !name.startsWith('NODE_CHANNEL_') && !isPutBack(name));
    expect(names).toEqual(['ONLY']);
    expect(report.env).toMatchObject({ ONLY: 'this' });
  });

  test('stack traces show the sources of an entry that has a source map', async () => {
    const launched = await start(forkLauncher(), { entry: fixture('report-launch-mapped.mjs') });
    launched.sendLaunchInfo(info);
    expect(JSON.parse(await firstLine(launched))).toMatchObject({ execArgv: ['--enable-source-maps'] });
  });

  test('an entry that can not be read is told before a process starts', async () => {
    onlyUnix('codes');
    await expect(start(forkLauncher(), { entry: fixture('.') })).rejects.toMatchObject({
      code: 'ERR_SIDECAR_LAUNCH',
      cause: { code: 'EISDIR' },
    });
  });

  test('an entry that is missing is told before a process starts', async () => {
    await expect(start(forkLauncher(), { entry: '/nowhere/sidecar.js' })).rejects.toMatchObject({
      code: 'ERR_SIDECAR_ENTRY',
    });
    await expect(start(forkLauncher(), {})).rejects.toMatchObject({ code: 'ERR_SIDECAR_ENTRY' });
  });

  test('a Node that is missing is told with its path and the entry', async () => {
    const entry = fixture('report-launch.mjs');
    const error = await failureOf(forkLauncher({ execPath: '/nowhere/node' }), { entry });
    expect(error).toMatchObject({ code: 'ERR_SIDECAR_LAUNCH', cause: { code: 'ENOENT' } });
    expect(error).toMatchObject({ message: expect.stringContaining(`/nowhere/node ${entry} could not be started`) });
  });

  test('a Node that can not be run is told with its path and the entry', async () => {
    onlyUnix('codes');
    const entry = fixture('report-launch.mjs');
    for (const [execPath, code] of [
      [`${entry}/node`, 'ENOTDIR'],
      [entry, 'EACCES'],
    ] as const) {
      const error = await failureOf(forkLauncher({ execPath }), { entry });
      expect(error).toMatchObject({ code: 'ERR_SIDECAR_LAUNCH', cause: { code } });
      expect(error).toMatchObject({ message: expect.stringContaining(`${execPath} ${entry} could not be started`) });
    }
  });

  describeWrongSpecs(forkLauncher(), 'report-launch.mjs');

  test('sending to a process that has ended does nothing', async () => {
    const launched = await start(forkLauncher(), { entry: fixture('report-launch.mjs') });
    launched.kill('SIGKILL');
    expect(await launched.exit).toEqual({ code: null, signal: 'SIGKILL' });
    launched.sendLaunchInfo(info);
    launched.kill('SIGTERM');
  });
});

describe('spawn', () => {
  const launcher = spawnLauncher({ command: process.execPath, args: [fixture('report-stdin.mjs')] });

  test('any executable gets the endpoint as an argument and the launch info as a line on stdin', async () => {
    const launched = await start(launcher, { args: ['-x'] });
    launched.sendLaunchInfo(info);
    const { line, args } = JSON.parse(await firstLine(launched));
    expect(args).toEqual(['-x', '--ipc-link-endpoint=/run/x/host']);
    expect(JSON.parse(line)).toEqual({ type: 'ipc-link:launch', info });
  });

  test('a process that closes its stdin crashes nobody', async () => {
    const launched = await start(spawnLauncher({ command: process.execPath, args: [fixture('close-stdin.mjs')] }), {});
    await firstLine(launched);
    launched.sendLaunchInfo(info);
    launched.kill('SIGTERM');
    expect(await launched.exit).toEqual({ code: null, signal: 'SIGTERM' });
  });

  test('an executable that is missing rejects', async () => {
    const missing = start(spawnLauncher({ command: '/nowhere/sidecar' }), {});
    await expect(missing).rejects.toMatchObject({ code: 'ERR_SIDECAR_LAUNCH', cause: { code: 'ENOENT' } });
  });

  test.for([
    ['below a file', `${fixture('silent.mjs')}/sidecar`, 'ENOTDIR'],
    ['that may not be run', fixture('silent.mjs'), 'EACCES'],
    ['with a name that is too long', `/${'x'.repeat(5_000)}`, 'ENAMETOOLONG'],
    ['without a name', '', 'ERR_INVALID_ARG_VALUE'],
  ] as const)('an executable %s rejects, and the error names it', async ([, command, code]) => {
    if (command !== '') onlyUnix('codes');
    const error = await failureOf(spawnLauncher({ command }), {});
    expect(error).toMatchObject({ code: 'ERR_SIDECAR_LAUNCH', cause: { code } });
    expect(error).toMatchObject({ message: expect.stringContaining(`${command} could not be started: `) });
  });

  describeWrongSpecs(launcher);
});

/** What neither launcher can start a process with, however right the program is. */
function describeWrongSpecs(launcher: Launcher, entryName?: string): void {
  const entry = entryName === undefined ? undefined : fixture(entryName);

  test.for<[name: string, spec: Partial<LaunchSpec>, code: string, advice: string]>([
    ['arguments that are too long', { args: ['x'.repeat(200_000)] }, 'E2BIG', "shorten 'args' or 'env'"],
    ['an environment that is too long', { env: { LONG: 'x'.repeat(200_000) } }, 'E2BIG', "shorten 'args' or 'env'"],
    ['an argument that no process can get', { args: ['a\0b'] }, 'ERR_INVALID_ARG_VALUE', 'null bytes'],
  ])('%s reject', async ([, spec, code, advice]) => {
    if (code === 'E2BIG') onlyUnix('codes');
    const error = await failureOf(launcher, { entry, ...spec });
    expect(error).toMatchObject({ code: 'ERR_SIDECAR_LAUNCH', cause: { code } });
    expect(error).toMatchObject({ message: expect.stringContaining(`${process.execPath}`) });
    expect(error).toMatchObject({ message: expect.stringContaining(advice) });
  });

  test.for([
    ['missing', '/nowhere', 'no such file or directory, stat '],
    ['a file', fixture('silent.mjs'), 'it is not a folder'],
    ['below a file', `${fixture('silent.mjs')}/folder`, 'not a directory'],
  ] as const)('a working folder that is %s is blamed, and the program is not', async ([, cwd, reason]) => {
    if (reason === 'not a directory') onlyUnix('codes');
    const error = await failureOf(launcher, { entry, cwd });
    expect(error).toMatchObject({
      code: 'ERR_SIDECAR_LAUNCH',
      message: expect.stringContaining(`could not be started in ${cwd}: `),
    });
    expect(error).toMatchObject({ message: expect.stringContaining(reason) });
    expect(isPermanent(error)).toBe(true);
  });
}

/** Windows gives these to a process whatever environment it was started with. */
function isPutBack(name: string): boolean {
  const names = [
    ...['HOMEDRIVE', 'HOMEPATH', 'LOGONSERVER', 'PATH', 'SYSTEMDRIVE', 'SYSTEMROOT'],
    ...['TEMP', 'USERDOMAIN', 'USERNAME', 'USERPROFILE', 'WINDIR'],
  ];
  // Wine has some of its own besides.
  return process.platform === 'win32' && (names.includes(name.toUpperCase()) || name.startsWith('WINE'));
}

async function failureOf(launcher: Launcher, spec: Partial<LaunchSpec>): Promise<unknown> {
  return start(launcher, spec).then(
    () => expect.unreachable('the process was started'),
    (error: unknown) => error,
  );
}

async function start(launcher: Launcher, spec: Partial<LaunchSpec>): Promise<LaunchedProcess> {
  const defaults: LaunchSpec = {
    entry: undefined,
    args: [],
    execArgv: [],
    env: {},
    cwd: undefined,
    label: 'files-1',
    endpoint: '/run/x/host',
    signal: new AbortController().signal,
  };
  const launched = await launcher.launch({ ...defaults, ...spec });
  running.push(launched);
  return launched;
}

async function firstLine({ stdout }: LaunchedProcess): Promise<string> {
  if (stdout !== null) for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('the process said nothing');
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}
