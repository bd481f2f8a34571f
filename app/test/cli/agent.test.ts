import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { Output } from '../../src/terminal/output.ts';

/** Runs the command with a configuration. What it prints has FOLDER for the configuration's folder. */
async function run(config: unknown, ...args: readonly string[]): Promise<{ code: number; printed: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'agent.json');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  await writeFile(join(folder, 'group.key'), 'a secret of the tests, 32 bytes long or more\n');
  for (const name of ['ca', 'cert', 'key']) await writeFile(join(folder, `${name}.pem`), 'no PEM');
  const stream = new PassThrough();
  const output = new Output(stream);
  const context = {
    out: output,
    err: output,
    tell: (text: string) => void stream.write(text),
    paint: (_: string, text: string) => text,
    interrupt: new AbortController().signal,
  };
  const code = await runProgram(['agent', '--config', file, ...args], context, '1.0.0');
  return { code, printed: String(stream.read()).replaceAll(folder, 'FOLDER') };
}

const config = {
  servers: ['nats://127.0.0.1:1'],
  group: 'tests',
  secretFile: 'group.key',
  tls: { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' },
  entries: { remote: { entry: 'remote.mjs' } },
};

test.each<[string, unknown, readonly string[], string]>([
  ['an unknown argument', config, ['--nuts'], "unknown option '--nuts'"],
  ['a file that is not there', { ...config, secretFile: 'none.key' }, [], 'FOLDER/none.key'],
  ['no JSON', '{', [], 'FOLDER/agent.json is no JSON'],
  ['servers that are no list', { ...config, servers: 'nats://x' }, [], 'servers must be a list of texts'],
  ['an entry without a path', { ...config, entries: { remote: {} } }, [], 'entries.remote.entry must be text'],
  ['no entries', { ...config, entries: undefined }, [], 'entries must be an object'],
  ['a password without its file', { ...config, authentication: { user: 'me' } }, [], 'passwordFile must be text'],
  ['a number of processes that can’t be', config, ['--max', '0'], 'It must be a whole number from 1 on.'],
  ['a group that can’t be', config, ['--group', 'a.b'], "runAgent(): 'group' must have 1 to 100 letters"],
  ['certificates that are none', config, [], 'tlsTransport({ ca }): must be PEM'],
])('%s ends it with 2 and says so, before it connects', async (_what, given, args, message) => {
  const { code, printed } = await run(given, ...args);
  expect(printed).toContain(message);
  expect(code).toBe(2);
});
