import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Server } from 'ipc-link';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { finished, program, runCli, startCli, startProcess, untilText, useFolder } from './run-cli.ts';

const folder = useFolder();
const servers: Server[] = [];
let aborted: Promise<void>;

beforeAll(async () => {
  const echo = new Server('echo');
  const locked = new Server('locked', { secret: 'open sesame' });
  echo.on('message', (message) => message.reply({ heard: message.data }));
  echo.handle('fail', () => {
    throw Object.assign(new Error('no such\u001b[31m file'), { code: 'ENOENT' });
  });
  aborted = new Promise((resolve) => {
    echo.handle('hold', (message) => {
      message.progress({ at: 'work' });
      message.signal.addEventListener('abort', () => resolve());
    });
  });
  echo.on('error', () => {});
  locked.on('error', () => {});
  echo.handle('work.echo', (message) => message.reply({ value: message.data }));
  echo.handle('work.count', async (message) => {
    for (let number = 1; number <= Number(message.data); number++) await message.write(number);
    message.end();
  });
  await Promise.all([echo.whenReady(), locked.whenReady()]);
  servers.push(echo, locked);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

describe('list', () => {
  test('shows the Servers of this user, and which sockets are dead', async () => {
    const dead = startProcess(process.execPath, [
      '--eval',
      `require('net').createServer().listen(${JSON.stringify(join(folder.path, 'node-ipc/app.dead'))}, () => process.kill(process.pid, 'SIGKILL'))`,
    ]);
    await finished(dead);
    await writeFile(join(folder.path, 'node-ipc/app.file'), '');
    const [{ code, stdout }, shown] = await Promise.all([runCli(['list', '--json']), runCli(['list'])]);
    expect(code).toBe(0);
    const listed: { servers: unknown } = JSON.parse(stdout);
    expect(listed.servers).toEqual([
      { name: 'dead', path: join(folder.path, 'node-ipc/app.dead'), state: 'dead' },
      { name: 'echo', path: join(folder.path, 'node-ipc/app.echo'), state: 'listening' },
      { name: 'locked', path: join(folder.path, 'node-ipc/app.locked'), state: 'listening' },
    ]);
    expect(shown.stdout).toMatch(/^SERVER +STATE +SOCKET\ndead +dead +\/.*\necho +listening +\/.*\nlocked +listening/);
    // No colour, since this is no terminal.
    expect(shown.stdout).not.toContain('\u001b');
  });

  test('looks into another folder where it is told to', async () => {
    const root = join(folder.path, 'other');
    await mkdir(root, { mode: 0o700 });
    await using server = new Server('elsewhere', { socketRoot: `${root}/`, appspace: 'x.' });
    await server.whenReady();
    const { stdout } = await runCli(['list', '--json', '--socket-root', root, '--appspace', 'x.']);
    expect(JSON.parse(stdout)).toMatchObject({ servers: [{ name: 'elsewhere', state: 'listening' }] });
    const { code } = await runCli(['ping', 'elsewhere', '-c', '1', '--socket-root', root, '--appspace', 'x.']);
    expect(code).toBe(0);
  });
});

describe('ping', () => {
  test('measures round trips, of which no listener hears', async () => {
    const heard: unknown[] = [];
    const listen = (message: unknown): void => void heard.push(message);
    servers[0]?.on('message', listen);
    const { code, stdout } = await runCli(['ping', 'echo', '--json', '--count', '3', '--interval', '0']);
    servers[0]?.off('message', listen);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      server: 'echo',
      connectMs: expect.any(Number),
      roundTripsMs: [expect.any(Number), expect.any(Number), expect.any(Number)],
    });
    expect(heard).toEqual([]);
  });

  test('is refused by a Server whose secret it does not know, and lets it in with it', async () => {
    const file = join(folder.path, 'secret');
    await writeFile(file, 'open sesame\n');
    const [refused, allowed] = await Promise.all([
      runCli(['ping', 'locked', '-c', '1', '--json']),
      runCli(['ping', 'locked', '-c', '1', '--secret-file', file]),
    ]);
    expect(refused.code).toBe(4);
    expect(JSON.parse(refused.stderr)).toEqual({
      error: { code: 'ERR_LINK_AUTH', exitCode: 4, message: expect.stringContaining('secret') },
    });
    expect(allowed.code).toBe(0);
    expect(allowed.stdout).toMatch(/^locked: [\d.]+ ms\nconnected in [\d.]+ ms; min [\d.]+ ms, median .*\n$/);
  });

  test('says that nobody is there', async () => {
    const { code, stderr, stdout } = await runCli(['ping', 'nobody']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`No Server 'nobody' listens at ${folder.path}/node-ipc/app.nobody`);
  });

  test('gives up on a process that is stopped', async () => {
    const stopped = startProcess(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { Server } from ${JSON.stringify(import.meta.resolve('ipc-link'))}; await new Server('stopped').whenReady(); console.log('up')`,
    ]);
    await untilText(stopped.stdout, /up/);
    stopped.kill('SIGSTOP');
    const { code } = await runCli(['ping', 'stopped', '--timeout', '100']);
    expect(code).toBe(5);
  });
});

describe('send', () => {
  test('prints the reply of the listeners, and the result of a task', async () => {
    const [reply, result] = await Promise.all([
      runCli(['send', 'echo', '{"id":"7","text":"h\\u00e9\\u202e"}', '--json']),
      runCli(['send', 'echo', '-', '--task', 'work.echo'], {}, '[1, {"two": null}]'),
    ]);
    expect(reply.code).toBe(0);
    // Nothing that a terminal would heed.
    expect(reply.stdout).toBe('{"id":"7","success":true,"heard":{"id":"7","text":"hé\\u202e"}}\n');
    expect(result.stdout).toBe('[\n  1,\n  {\n    "two": null\n  }\n]\n');
  });

  test('prints each item of a stream on a line, and ends when nobody reads on', async () => {
    const items = await runCli(['send', 'echo', '3', '--task', 'work.count', '--stream']);
    expect(items).toEqual({ code: 0, stdout: '1\n2\n3\n', stderr: '' });
    const shell = startProcess('bash', [
      '-c',
      `"$0" "$1" send echo 1e9 --task work.count --stream | head -2; exit \${PIPESTATUS[0]}`,
      process.execPath,
      program,
    ]);
    expect(await finished(shell)).toEqual({ code: 0, stdout: '1\n2\n', stderr: '' });
  });

  test('a handler that fails ends it with 1, and can not command the terminal', async () => {
    const [{ code, stderr, stdout }, json, unknown] = await Promise.all([
      runCli(['send', 'echo', '--task', 'fail']),
      runCli(['send', 'echo', '--task', 'fail', '--json']),
      runCli(['send', 'echo', '1', '--task', 'no.such']),
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('no such\\u001b[31m file');
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'ENOENT', exitCode: 1 } });
    expect(unknown.code).toBe(1);
  });

  test('Ctrl-C cancels the call, and the timeout ends it', async () => {
    const child = startCli(['send', 'echo', '--task', 'hold']);
    const end = finished(child);
    await untilText(child.stderr, /^progress: \{"at":"work"\}\n$/);
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
    await aborted;
    expect((await runCli(['send', 'echo', '--task', 'hold', '--timeout', '500'])).code).toBe(5);
  });

  test('mistakes of the user are told', async () => {
    const mistakes: [string[], RegExp][] = [
      [['send', 'echo', '{'], /This is no JSON/],
      [['send', 'echo', '1', '--secret-file', '/nowhere'], /--secret-file: ENOENT/],
      [['send', 'a/b', '1'], /must not contain slashes/],
      [['ping', 'echo', '--count', 'many'], /'many' is invalid.*whole number/],
      [['pign', 'echo'], /unknown command 'pign'\n\(Did you mean ping\?\)/],
      [['ping', 'echo', '--jsno'], /unknown option '--jsno'\n\(Did you mean --json\?\)/],
      [[], /Usage: ipc-link <command>/],
    ];
    const results = await Promise.all(mistakes.map(([args]) => runCli(args)));
    results.forEach(({ code, stdout, stderr }, place) => {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(mistakes[place]?.[1] ?? '');
    });
  });
});

test('help is a result, which may be read in part', async () => {
  const { code, stdout, stderr } = await runCli(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(81);
  const shell = startProcess('bash', [
    '-c',
    `"$0" "$1" --help | head -1; exit \${PIPESTATUS[0]}`,
    process.execPath,
    program,
  ]);
  expect(await finished(shell)).toEqual({ code: 0, stdout: 'Usage: ipc-link <command> [options]\n', stderr: '' });
});

test('bash itself completes commands, options and names', async () => {
  const ipcLink = join(folder.path, 'ipc-link');
  await writeFile(ipcLink, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(ipcLink, 0o755);
  const script = `
    set -u
    source <("$0" completions bash)
    complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ipc_link; echo "\${COMPREPLY[*]:-}"; }
    complete -p ipc-link
    complete_line ipc-link p
    complete_line ipc-link ""
    complete_line ipc-link trace --pe
    complete_line ipc-link trace --perfetto /etc/host
    complete_line ipc-link completions ""
    complete_line "$0" ping ec
    complete_line ipc-link bench --for ""
  `;
  const { code, stdout, stderr } = await finished(startProcess('bash', ['--norc', '-c', script, ipcLink]));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [registered, ...completed] = stdout.split('\n');
  expect(registered).toBe('complete -F _ipc_link ipc-link');
  expect(completed.slice(0, 3)).toEqual([
    'ping',
    'list ping send trace top serve agent bench completions help --help --version',
    '--perfetto',
  ]);
  expect(completed[3]?.split(' ')).toContain('/etc/hosts');
  expect(completed.slice(4)).toEqual(['bash zsh fish', 'echo', '', '']);
});

test('the completions for zsh and fish have every command and option of the help', async () => {
  const [zsh, fish, help] = await Promise.all([
    runCli(['completions', 'zsh']),
    runCli(['completions', 'fish']),
    runCli(['help', 'trace']),
  ]);
  for (const name of ['list', 'ping', 'send', 'trace', 'top', 'serve', 'bench', 'completions']) {
    expect(zsh.stdout).toContain(`'${name}:`);
    expect(fish.stdout).toContain(`-a ${name} `);
  }
  const options = [...help.stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, option]) => option);
  expect(options.length).toBeGreaterThan(3);
  for (const option of options) {
    expect(zsh.stdout).toContain(`--${option}[`);
    expect(fish.stdout).toContain(`-l ${option} `);
  }
});
