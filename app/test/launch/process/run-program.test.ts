import { once } from 'node:events';
import { expect, test } from 'vitest';

import { lastLines, runProgram } from '../../../src/launch/process/run-program.ts';
import { listen } from '../support.ts';

const timeoutMs = 20_000;
const node = (script: string, options: { timeoutMs?: number; env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {}) =>
  runProgram(process.execPath, ['-e', script], { timeoutMs, ...options });

test('code and output of a program are told, whatever the code', async () => {
  await expect(node(`console.log('a'); console.error('b'); process.exitCode = 3`)).resolves.toEqual({
    code: 3,
    stdout: 'a\n',
    stderr: 'b\n',
  });
});

test('its input is empty', async () => {
  await expect(node(`process.stdin.on('end', () => console.log('end')).resume()`)).resolves.toMatchObject({
    stdout: 'end\n',
  });
});

test('one that takes too long is killed, even if it minds no signal', async () => {
  await expect(
    node(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`, { timeoutMs: 200 }),
  ).resolves.toMatchObject({ code: null });
});

test('a program that is not there is an error', async () => {
  await expect(runProgram('/no/such/program', [], { timeoutMs })).rejects.toMatchObject({ code: 'ENOENT' });
});

test('when an abort rejects, the program is gone', async () => {
  const { path, connection } = await listen();
  const controller = new AbortController();
  const script = `process.on('SIGTERM', () => setImmediate(process.exit)); require('node:net').connect(process.env.READY)`;
  const result = node(script, { env: { ...process.env, READY: path }, signal: controller.signal });
  const socket = await connection;
  const gone = once(socket.resume(), 'close');
  const reason = new Error('stop');
  controller.abort(reason);
  await expect(result).rejects.toBe(reason);
  await gone;
});

test('what is aborted already does not start', async () => {
  const reason = new Error('stop');
  expect(() => node('', { signal: AbortSignal.abort(reason) })).toThrow(reason);
});

test('the last lines are those with text', () => {
  expect(lastLines({ code: 1, stdout: 'a\n\nb\n', stderr: 'c\n\n' }, 2)).toBe('b\nc');
});
