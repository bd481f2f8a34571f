import { once } from 'node:events';
import { expect, test, vi } from 'vitest';

import { Interruption } from '../../src/launch/process/interruption.ts';
import type { Report } from '../../src/launch/report.ts';
import { runElectron } from '../../src/launch/run-electron.ts';
import { listen } from './support.ts';

// A Node that plays Electron: same signals, same exit codes.
const electron = process.execPath;
const report = vi.fn<Report>();
const idle = new AbortController().signal;

const run = (script: string, { interrupt = idle, graceMs = 5_000, path = '' } = {}) =>
  runElectron(electron, { args: ['-e', script], env: { ...process.env, READY: path }, interrupt, graceMs, report });

const SAY_READY = `require('node:net').connect(process.env.READY)`;

test.each([0, 1, 7])('exit code %i comes through', async (code) => {
  await expect(run(`process.exit(${code})`)).resolves.toBe(code);
});

test('a crash is told, and ends as shells tell it', async () => {
  report.mockClear();
  await expect(run(`process.kill(process.pid, 'SIGKILL')`)).resolves.toBe(137);
  expect(report.mock.calls).toEqual([['Electron was ended by SIGKILL. Set ELECTRON_ENABLE_LOGGING=1 to see its log.']]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s is handed on once, and the time to quit is granted', async (signal, code) => {
  const { path, connection } = await listen();
  const controller = new AbortController();
  const quits = `let count = 0; process.on('${signal}', () => { count += 1; setImmediate(() => process.exit(count === 1 ? 0 : 9)) }); ${SAY_READY}`;
  const result = run(quits, { interrupt: controller.signal, path });
  await connection;
  controller.abort(new Interruption(signal));
  await expect(result).resolves.toBe(code);
});

test('one that fails while quitting keeps its own code', async () => {
  const { path, connection } = await listen();
  const controller = new AbortController();
  const result = run(`process.on('SIGINT', () => process.exit(3)); ${SAY_READY}`, {
    interrupt: controller.signal,
    path,
  });
  await connection;
  controller.abort(new Interruption('SIGINT'));
  await expect(result).resolves.toBe(3);
});

test('one that will not quit is killed', async () => {
  const { path, connection } = await listen();
  const controller = new AbortController();
  const result = run(`process.on('SIGINT', () => {}); ${SAY_READY}`, {
    interrupt: controller.signal,
    graceMs: 1,
    path,
  });
  const socket = await connection;
  const gone = once(socket.resume(), 'close');
  controller.abort(new Interruption('SIGINT'));
  await expect(result).resolves.toBe(130);
  await gone;
});

test('an interruption before the start starts nothing', async () => {
  const reason = new Interruption('SIGINT');
  await expect(run('process.exit(0)', { interrupt: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
