import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { installNatsServer, startNatsServer } from '../nats/support/nats-server.mjs';
import { runExample } from './run-example.ts';

const succeeded = { code: 0, stderr: '' };
const examples = new URL('../../../examples/', import.meta.url);

test('node-host: a call from plain Node', async () => {
  expect(await runExample('node-host.mjs')).toEqual({ ...succeeded, lines: ['9592 primes below 100000'] });
});

test('pool: both instances work, and every call reports how far it is', async () => {
  const { lines, ...end } = await runExample('pool.mjs');
  expect(end).toEqual(succeeded);
  expect(lines.filter((line) => !line.includes('%'))).toEqual([
    '5133 primes below 50000',
    '9592 primes below 100000',
    '13848 primes below 150000',
    '17984 primes below 200000',
    expect.stringMatching(/^primes-1: 0 restarts, [1-3] calls$/),
    expect.stringMatching(/^primes-2: 0 restarts, [1-3] calls$/),
  ]);
  // Of several reports under load the newest arrives, and the last of each call always does.
  expect(lines).toEqual(expect.arrayContaining(['below 50000: 80 %', 'below 200000: 95 %']));
});

test('cancel: by signal, by timeout, by leaving a stream', async () => {
  const lines = ['cancelled: AbortError', 'late: ERR_LINK_TIMEOUT', 'left the stream at 101'];
  expect(await runExample('cancel.mjs')).toEqual({ ...succeeded, lines });
});

test('crash: an idempotent call is run again on a new process', async () => {
  const { lines, ...end } = await runExample('crash.mjs');
  expect(end).toEqual(succeeded);
  expect(lines).toEqual([
    'primes-1: stopped -> starting',
    'primes-1: starting -> ready',
    'primes-1: ready -> crashed',
    `ERR_SIDECAR_CRASHED, ended ${process.platform === 'win32' ? 'with code 1' : 'by SIGKILL'}`,
    'primes-1: crashed -> backoff',
    'primes-1: backoff -> starting',
    'primes-1: starting -> ready',
    '9592 primes below 100000',
    'primes-1: ready -> draining',
    'primes-1: draining -> stopped',
  ]);
});

test('logger: a handler’s line arrives with its fields and its request', async () => {
  const { lines, ...end } = await runExample('logger.mjs');
  expect(end).toEqual(succeeded);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      level: 'info',
      message: 'counted',
      below: 100_000,
      found: 9592,
      source: 'handler',
      sidecar: 'primes',
      instance: 'primes-1',
      pid: expect.any(Number),
      requestId: expect.any(String),
    },
  ]);
});

test('foreign: a sidecar in Python', async () => {
  onlyUnix('python');
  expect(await runExample('foreign/host.mjs')).toEqual({
    ...succeeded,
    lines: ['6 words', '{ to: 2, be: 2, or: 1, not: 1 }', 'ERR_ValueError: There is no text to count.'],
  });
});

test('runtimes: host and sidecar, here both in Node', async () => {
  expect(await runExample('runtimes/host.mjs')).toEqual({
    ...succeeded,
    lines: [
      'node calls node',
      '1000000 1970-01-01T00:00:00.000Z 5 true',
      '499500',
      'AbortError',
      'ERR_SIDECAR_CRASHED 3',
      'again: node',
    ],
  });
});

test('nats: a contract is a service there', async () => {
  onlyUnix('nats');
  installNatsServer();
  const folder = await mkdtemp(join(tmpdir(), 'nats-example-'));
  const server = await startNatsServer({ folder });
  onTestFinished(async () => {
    await server.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  vi.stubEnv('NATS_URL', server.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines = ['25 primes below 100', 'ERR_LINK_INVALID_INPUT', 'RequestError'];
  expect(await runExample('nats/call.mjs')).toEqual({ ...succeeded, lines });
});

test('every example is listed in the README', async () => {
  const readme = await readFile(new URL('README.md', examples), 'utf8');
  const names = (await readdir(examples)).filter((name) => name !== 'README.md');
  expect(names.filter((name) => !readme.includes(name))).toEqual([]);
});
