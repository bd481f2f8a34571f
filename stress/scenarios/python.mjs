import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Server } from 'ipc-link';
import { addHandlers } from '../link/handlers.mjs';

/** Runs the Python client, which was written after docs/PROTOCOL.md, against this library. */
export const about = 'docs/examples/client.py: the vectors, a reply, a failed one, a stream, and secrets';

const execute = promisify(execFile);
const client = fileURLToPath(new URL('../../docs/examples/client.py', import.meta.url));
const vectors = fileURLToPath(new URL('../python/check_vectors.py', import.meta.url));
const SECRET = 'a secret';

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder }) {
  if (spawnSync('python3', ['--version']).status !== 0) return { counts: { 'no python3 here': 1 }, problems: [] };
  const server = new Server('main', { socketRoot: folder, appspace: '', secret: SECRET }).on('error', () => {});
  addHandlers(server, () => {});
  server.on('message', (message) => void message.reply({ echo: message.data, map: new Map([['a', 1n]]) }));
  await server.whenReady();
  const ask = (/** @type {string[]} */ ...args) => runPython([client, `${folder}main`, ...args]);
  try {
    const results = [
      await runPython([vectors]),
      await ask('{"text":"Grüße"}', '--secret', SECRET),
      await ask('2', '--secret-hex', Buffer.from(SECRET).toString('hex'), '--task', 'report'),
      await ask('{"to":3,"padding":""}', '--secret', SECRET, '--task', 'count', '--stream'),
      await ask('1', '--secret', SECRET, '--task', 'fail'),
      await ask('1', '--secret', 'another'),
      await ask('1'),
    ];
    const problems = results.filter((result, index) => !expected[index]?.test(result));
    return { counts: { runs: results.length }, problems: problems.map((result) => `Python: ${result}`) };
  } finally {
    await server.close({ drain: 0 });
  }
}

/** Exit code and output of each run above. */
const expected = [
  /^0 \d+ frames, \d+ proofs, \d+ values$/,
  /^0 \{"echo": \{"text": "Gr\\u00fc\\u00dfe"\}, "map": \{"a": 1\}\}$/,
  /^0 1\n2\n\{"count": 2\}$/,
  /^0 \{"count": 1, "padding": ""\}\n.*\n\{"count": 3, "padding": ""\}\nnull$/,
  /^1 \{"reason": "It was asked to\."\}$/,
  /^2 The server does not hold the same secret\.$/,
  /^2 \{"code":"ERR_LINK_AUTH"/,
];

/** @param {readonly string[]} args @returns {Promise<string>} */
async function runPython(args) {
  try {
    const { stdout } = await execute('python3', [...args]);
    return `0 ${stdout.trim()}`;
  } catch (error) {
    const { code, stdout, stderr } = /** @type {{ code: number, stdout: string, stderr: string }} */ (error);
    return `${code} ${stdout}${stderr}`.trim();
  }
}
