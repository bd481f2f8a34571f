import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Server } from 'ipc-link';
import { beforeAll, afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import { SidecarHost } from '../../src/host/index.ts';
import { allowInspection } from '../../src/inspection/allow-inspection.ts';
import { work } from '../host/fixtures/contract.mjs';
import { fixture } from '../host/helpers.ts';
import { finished, program, runCli, startCli, startProcess, untilText, useFolder } from './run-cli.ts';

const folder = useFolder();
/** Told from other hosts of whoever runs the tests. */
const name = `host of test ${process.pid}`;
let host: SidecarHost;

const inspectionFolder = (): string => join(folder.path, `ipc-link-inspection-${process.getuid?.()}`);
const client = (): ReturnType<typeof host.client<typeof work>> => host.client(work);
const newHost = (): SidecarHost =>
  new SidecarHost({
    sidecars: { work: { contract: work, entry: fixture('worker.mjs'), launcher: forkLauncher(), instances: 2 } },
  });

beforeAll(async () => {
  host = newHost();
  await allowInspection(host, { name });
  await host.start();
});

afterAll(async () => {
  await host.stop({ drain: 0 });
});

interface Listed {
  readonly name: string;
  readonly pid: number;
  readonly instances: readonly { readonly instance: string; readonly state: string; readonly pid: number }[];
  readonly problem: string | null;
}

/** The hosts of these tests, as `list` has them. */
async function listHosts(): Promise<Listed[]> {
  const { hosts }: { hosts: Listed[] } = JSON.parse((await runCli(['list', '--json'])).stdout);
  return hosts.filter((each) => each.name.includes(`test ${process.pid}`));
}

describe('the endpoint of a host that allows inspection', () => {
  test('is a socket in a folder of mode 0700, beside a file of mode 0600 with a secret', async () => {
    expect((await lstat(inspectionFolder())).mode & 0o777).toBe(0o700);
    const files = (await readdir(inspectionFolder())).toSorted();
    expect(files).toEqual([
      expect.stringMatching(/^\d+-[0-9a-f]{8}$/),
      expect.stringMatching(/^\d+-[0-9a-f]{8}\.json$/),
    ]);
    const modes = await Promise.all(
      files.map(async (file) => (await lstat(join(inspectionFolder(), file))).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o600]);
    const content: unknown = JSON.parse(await readFile(join(inspectionFolder(), files[1] ?? ''), 'utf8'));
    expect(content).toEqual({ name, pid: process.pid, secret: expect.stringMatching(/^[\w+/]{43}=$/) });
    // Without the secret nobody is let in.
    await using stranger = new Server('stranger', {
      socketRoot: `${inspectionFolder()}/`,
      appspace: '',
      autoStart: false,
    });
    const warned = new Promise((resolve) => {
      vi.spyOn(process, 'emitWarning').mockImplementationOnce((warning) => resolve(warning));
    });
    await expect(stranger.connectTo(files[0] ?? '')).rejects.toMatchObject({ code: 'ERR_LINK_AUTH' });
    expect(await warned).toMatchObject({ code: 'ERR_LINK_AUTH' });
  });

  test('goes when the host stops, when it is closed, and when the process ends', async () => {
    const before = await readdir(inspectionFolder());
    const other = newHost();
    const closed = await allowInspection(other, { name: 'other' });
    await allowInspection(other, { name: 'other' });
    expect(await readdir(inspectionFolder())).toHaveLength(before.length + 4);
    closed.close();
    closed.close();
    expect(await readdir(inspectionFolder())).toHaveLength(before.length + 2);
    await other.stop();
    expect(await readdir(inspectionFolder())).toEqual(before);
    expect(other.listenerCount('stop')).toBe(0);
    const child = await startHost(`ending test ${process.pid}`);
    expect(await readdir(inspectionFolder())).toHaveLength(before.length + 2);
    child.send('exit');
    await once(child, 'exit');
    expect(await readdir(inspectionFolder())).toEqual(before);
  });

  test('of a host that was killed is cleared away', async () => {
    const before = await readdir(inspectionFolder());
    const child = await startHost(`killed test ${process.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(inspectionFolder())).toHaveLength(before.length + 2);
    expect(await listHosts()).toMatchObject([{ name }]);
    expect(await readdir(inspectionFolder())).toEqual(before);
  });

  test('can not be had in a folder that is not this user’s alone', async () => {
    onTestFinished(() => chmod(inspectionFolder(), 0o700));
    await chmod(inspectionFolder(), 0o755);
    await expect(allowInspection(host, { name: 'open' })).rejects.toMatchObject({
      code: 'ERR_INSPECTION_FOLDER',
      message: expect.stringContaining('mode 755'),
    });
    await expect(allowInspection(host, { name: '' })).rejects.toMatchObject({ code: 'ERR_SIDECAR_CONFIG' });
  });
});

describe('the command line trusts nothing', () => {
  test('in a folder that is open to others', async () => {
    onTestFinished(() => chmod(inspectionFolder(), 0o700));
    await chmod(inspectionFolder(), 0o750);
    const [list, trace] = await Promise.all([runCli(['list', '--json']), runCli(['trace', name])]);
    expect(list).toMatchObject({ code: 4, stderr: expect.stringContaining('is open to other users (mode 750)') });
    expect(list.stdout).not.toContain(name);
    expect(trace).toMatchObject({ code: 4, stdout: '' });
  });

  test.runIf(process.getuid?.() === 0)('of another user', async () => {
    onTestFinished(() => chown(inspectionFolder(), 0, 0));
    await chown(inspectionFolder(), 65_534, 65_534);
    const { code, stderr } = await runCli(['trace', name]);
    expect(code).toBe(4);
    expect(stderr).toContain('belongs to another user (65534)');
  });

  test('in a file that is open to others, a link, or no host’s', async () => {
    const [, file = ''] = (await readdir(inspectionFolder())).toSorted();
    const path = join(inspectionFolder(), file);
    onTestFinished(() => chmod(path, 0o600));
    await chmod(path, 0o640);
    const [id] = file.split('.');
    const others = [`${id}0.json`, `${id}1.json`].map((each) => join(inspectionFolder(), each));
    onTestFinished(async () => void (await Promise.all(others.map((each) => rm(each)))));
    await symlink(path, others[0] ?? '');
    await writeFile(others[1] ?? '', '{}', { mode: 0o600 });
    const { code, stderr } = await runCli(['trace', name]);
    expect(code).toBe(4);
    expect(stderr).toContain(`${path} is open to other users (mode 640)`);
    expect(stderr).toContain('is a symbolic link');
    expect(stderr).toContain('is not one that a host has written');
  });
});

test('a host that did not allow it is not seen', async () => {
  const other = newHost();
  await other.start();
  onTestFinished(() => other.stop({ drain: 0 }));
  expect(await listHosts()).toHaveLength(1);
  const { code, stderr } = await runCli(['trace', 'work']);
  expect(code).toBe(3);
  expect(stderr).toContain('does it call allowInspection(host)?');
});

test('list shows the instances, and a host can be pinged', async () => {
  const [[listed], shown, ping] = await Promise.all([listHosts(), runCli(['list']), runCli(['ping', name, '-c', '1'])]);
  expect(listed).toMatchObject({ name, pid: process.pid, problem: null });
  const rows = host.status().map(({ instance, state, pid }) => ({ instance, state, pid }));
  expect(listed?.instances).toMatchObject(rows);
  expect(shown.stdout).toMatch(new RegExp(`\\n${name} \\(${process.pid}\\) +work-2 +ready +${rows[1]?.pid} `));
  expect(ping.code).toBe(0);
});

describe('trace', () => {
  test('shows calls and log lines as they come, until Ctrl-C', async () => {
    const observed = nextListener('newListener');
    const child = startCli(['trace', name, '--json']);
    const end = finished(child);
    await observed;
    await client().say({ log: 'a line\nof two' });
    await client().echo({ hidden: 'in the body' });
    for await (const _ of client().count(2));
    // @ts-expect-error: the handler fails at it.
    await expect(client().say(null)).rejects.toThrow();
    const left = nextListener('removeListener');
    child.kill('SIGINT');
    const { code, stderr, stdout } = await end;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await left;
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const call = { kind: 'call', isStream: false, failure: null, durationMs: expect.any(Number) };
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'log', level: 'warn', message: 'a line\nof two' }));
    expect(lines).toContainEqual(expect.objectContaining({ ...call, task: 'work.echo' }));
    expect(lines).toContainEqual(expect.objectContaining({ ...call, task: 'work.count', isStream: true }));
    expect(lines).toContainEqual(expect.objectContaining({ ...call, task: 'work.say', failure: 'failed' }));
    expect(stdout).not.toContain('hidden');
  });

  test('ends with its reader, and leaves nothing running in the host', async () => {
    const observed = nextListener('newListener');
    const shell = startProcess('bash', [
      '-c',
      `"$0" "$1" trace "$2" | head -1; exit \${PIPESTATUS[0]}`,
      ...[process.execPath, program, name],
    ]);
    const end = finished(shell);
    await observed;
    const left = nextListener('removeListener');
    const calls = setInterval(() => void client().echo(1), 20);
    onTestFinished(() => clearInterval(calls));
    const { code, stdout, stderr } = await end;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[\d:.]{12} -> work-\d {2}work\.echo {2}\w+ {2}[\d.]+ ms {2}\d+ B > \d+ B {2}ok\n$/);
    await left;
  });

  test('writes a trace for Perfetto, which has everything until Ctrl-C', async () => {
    const file = join(folder.path, 'trace.json');
    const observed = nextListener('newListener');
    const child = startCli(['trace', name, '--perfetto', file]);
    const end = finished(child);
    await observed;
    await Promise.all(Array.from({ length: 30 }, (_, place) => client().echo(place)));
    child.kill('SIGINT');
    expect(await end).toEqual({ code: 0, stdout: '', stderr: `30 of 30 calls written to ${file}\n` });
    const trace: { traceEvents: { ph: string; name: string }[] } = JSON.parse(await readFile(file, 'utf8'));
    const slices = trace.traceEvents.filter(({ ph }) => ph === 'X');
    expect(slices.map((slice) => slice.name)).toEqual(Array.from({ length: 30 }, () => 'work.echo'));
    expect((await runCli(['trace', name, '--perfetto', '/nowhere/trace.json'])).code).toBe(1);
  });

  test('says that the host is gone when it was killed, and keeps what it has told', async () => {
    const child = await startHost(`traced test ${process.pid}`);
    const file = join(folder.path, 'gone.json');
    const trace = startCli(['trace', String(child.pid), '--perfetto', file]);
    const end = finished(trace);
    await once(child, 'message');
    child.kill('SIGKILL');
    const { code, stderr } = await end;
    expect(code).toBe(3);
    expect(stderr).toContain(`The host 'traced test ${process.pid}' has gone.`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ traceEvents: [] });
  });
});

describe('top', () => {
  test('prints the instances once where stdout is no terminal', async () => {
    const { code, stdout, stderr } = await runCli(['top', name, '--interval', '50']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${name} \\(${process.pid}\\) {2}[\\d.]+ calls/s, .*event loop held up .*\n`));
    expect(stdout).toMatch(/\nINSTANCE +STATE +PID +CPU .*\nwork-1 +ready .*\nwork-2 +ready .*\n\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  test('tells a program each reading, with the calls in between, until Ctrl-C', async () => {
    const child = startCli(['top', name, '--json', '--interval', '50']);
    const end = finished(child);
    await untilText(child.stdout, /\n/);
    await Promise.all(Array.from({ length: 20 }, (_, place) => client().echo(place)));
    await untilText(child.stdout, /"calls":(?!0)/);
    child.kill('SIGINT');
    const { code, stdout } = await end;
    expect(code).toBe(0);
    const readings = stdout
      .trim()
      .split('\n')
      .map((line): Reading => JSON.parse(line));
    expect(readings.reduce((sum, { hosts }) => sum + (hosts[0]?.figures?.calls ?? 0), 0)).toBe(20);
    expect(readings[0]).toMatchObject({ hosts: [{ name, pid: process.pid, isLate: false }] });
  });

  test('takes the terminal and gives it back, at q and at Ctrl-C', async () => {
    const ends = await Promise.all(['q', '\u0003'].map((key) => watchOnTerminal(key)));
    for (const { code, stdout } of ends) {
      expect(code).toBe(0);
      // The screen that it takes is another one, and the cursor is hidden; both come back.
      expect(stdout.startsWith('\u001b[?1049h\u001b[?25l')).toBe(true);
      expect(stdout.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true);
      expect(stdout).toContain('\u001b[32mready\u001b[39m');
    }
    // NO_COLOR: https://no-color.org
    const plain = await watchOnTerminal('q', { NO_COLOR: '1' });
    for (const colour of [1, 2, 32]) expect(plain.stdout).not.toContain(`\u001b[${colour}m`);
    expect(plain.stdout).toContain('work-1');
  });
});

interface Reading {
  readonly hosts: readonly { readonly figures: { readonly calls: number } | null }[];
}

/**
 * Runs `top` on a terminal that util-linux makes, until it has shown the instances ready, then types a key. Its environment is that of
 * a person: in a CI that it doesn't know, Node takes a terminal for one without colours.
 */
async function watchOnTerminal(
  key: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; stdout: string }> {
  const command = `'${process.execPath}' '${program}' top '${name}' --interval 50`;
  const { PATH, XDG_RUNTIME_DIR } = process.env;
  const child = startProcess('script', ['-qec', command, '/dev/null'], {
    PATH,
    XDG_RUNTIME_DIR,
    TERM: 'xterm',
    ...env,
  });
  const end = finished(child);
  await untilText(child.stdout, /work-1.*ready[^]*work-2.*ready/);
  child.stdin.write(key);
  return end;
}

/** Resolves when somebody begins to watch the host, or ends it. (`once` of node:events adds a listener of its own.) */
function nextListener(event: 'newListener' | 'removeListener'): Promise<void> {
  return new Promise((resolve) => void Reflect.apply(host.once, host, [event, () => resolve()]));
}

/** Starts a process whose host allows inspection. */
async function startHost(called: string): Promise<ReturnType<typeof fork>> {
  const child = fork(new URL('fixtures/host.mjs', import.meta.url), [called]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}
