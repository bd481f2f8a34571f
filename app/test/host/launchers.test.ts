import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
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
    const { NODE_CHANNEL_FD: _, NODE_CHANNEL_SERIALIZATION_MODE: __, ...env } = report.env;
    expect(env).toEqual({ ONLY: 'this' });
  });

  test('stack traces show the sources of an entry that has a source map', async () => {
    const launched = await start(forkLauncher(), { entry: fixture('report-launch-mapped.mjs') });
    launched.sendLaunchInfo(info);
    expect(JSON.parse(await firstLine(launched))).toMatchObject({ execArgv: ['--enable-source-maps'] });
  });

  test('an entry that can not be read is told before a process starts', async () => {
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
});

async function start(launcher: Launcher, spec: Partial<LaunchSpec>): Promise<LaunchedProcess> {
  const defaults: LaunchSpec = {
    entry: undefined,
    args: [],
    execArgv: [],
    env: {},
    cwd: undefined,
    label: 'files-1',
    endpoint: '/run/x/host',
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
