import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../host/helpers.ts';
import { finished, runCli, startCli, untilText, useFolder } from './run-cli.ts';

const folder = useFolder();
const calculator = new URL('fixtures/calculator.mjs', import.meta.url).pathname;

test('serves the functions of a module, until Ctrl-C', async () => {
  const child = startCli(['serve', calculator, 'one', '--name', `calculator ${process.pid}`]);
  const end = finished(child);
  const greeting = await untilText(child.stderr, /upTo.*\n.*where.*\n/);
  expect(greeting).toContain(`send 'calculator ${process.pid}' '{}' --task calculator.upTo --stream\n`);
  const to = (...args: string[]): ReturnType<typeof runCli> => runCli(['send', `calculator ${process.pid}`, ...args]);
  const [sum, numbers, where, unknown, list] = await Promise.all([
    to('{"a":1,"b":2}', '--task', 'calculator.add'),
    to('{"below":3}', '--task', 'calculator.upTo', '--stream'),
    to('--task', 'calculator.where', '--json'),
    to('--task', 'calculator.version'),
    runCli(['list', '--json']),
  ]);
  expect([sum.stdout, numbers.stdout, unknown.code]).toEqual(['3\n', '0\n1\n2\n', 1]);
  const { args, pid }: { args: string[]; pid: number } = JSON.parse(where.stdout);
  expect(args).toEqual(['one']);
  expect(JSON.parse(list.stdout)).toMatchObject({
    servers: [{ name: `calculator ${process.pid}` }],
    hosts: expect.arrayContaining([expect.objectContaining({ name: `calculator ${process.pid}`, pid: child.pid })]),
  });
  child.kill('SIGINT');
  expect((await end).code).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('serves an entry that calls serve(), with what it logs on stderr', async () => {
  const root = join(folder.path, 'r');
  const child = startCli(['serve', entryOf('primes/sidecar.mjs'), '--socket-root', root, '--instances', '2']);
  await untilText(child.stderr, /primes\.list/);
  const logged = untilText(child.stderr, /info sidecar-\d: counted\n/);
  const { stdout } = await runCli(['send', 'primes', '{"below":20}', '--task', 'primes.count', '--socket-root', root]);
  expect(stdout).toBe('8\n');
  await logged;
  const refused = await runCli(['send', 'primes', '{}', '--task', 'primes.count', '--socket-root', root, '--json']);
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'ERR_LINK_INVALID_INPUT', exitCode: 1 } });
});

test('says why it can not serve a file', async () => {
  const empty = join(folder.path, 'empty.mjs');
  await writeFile(empty, 'export const nothing = 1;\n');
  const [missing, useless] = await Promise.all([runCli(['serve', '/nowhere.mjs']), runCli(['serve', empty])]);
  expect(missing).toEqual({ code: 2, stdout: '', stderr: 'ipc-link: There is no file /nowhere.mjs.\n' });
  expect(useless.code).toBe(1);
  expect(useless.stderr).toContain('neither calls serve() nor exports a function');
});

test('bench measures the link beside a bare socket', async () => {
  const [json, table] = await Promise.all([
    runCli(['bench', '--json', '--for', '20']),
    runCli(['bench', '--for', '20']),
  ]);
  expect([json.code, json.stderr, table.stderr]).toEqual([0, '', '']);
  const figures = { roundTripMs: above(0), perSecond: above(1), bytesPerSecond: above(1) };
  expect(JSON.parse(json.stdout)).toEqual({ link: figures, bare: figures });
  expect(table.stdout).toMatch(
    /IPC-LINK +BARE SOCKET +SPEED\nround trip, median .* x\n128 in flight .*\n1 MiB there and back .* x\n$/,
  );
});

function above(least: number): unknown {
  return expect.toSatisfy((value: unknown) => typeof value === 'number' && value > least);
}

function entryOf(example: string): string {
  return new URL(`../../../examples/${example}`, import.meta.url).pathname;
}
