import { createHash } from 'node:crypto';
import { Server } from 'ipc-link';
import { startResponder } from '../link/start-responder.mjs';
import { within } from '../process/deadline.mjs';
import { readUsage } from '../process/usage.mjs';

/** The largest body that the default limits allow, there and back, while another peer's small messages pass. */
export const about =
  'a body of 64 MiB each way in both codecs, small messages of another peer meanwhile, and one byte too many';

const MIB = 1_048_576;
const SIZE = 64 * MIB;
const PATIENCE_MS = 60_000;
/** Largest memory of the answering process: the body twice, as it arrives and as it leaves, and the runtime's own. */
const MAX_RSS = 600 * MIB;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder }) {
  const responder = await startResponder(folder);
  /** @type {string[]} */
  const problems = [];
  const bytes = Buffer.alloc(SIZE, 'ipc-link');
  let small = 0;
  try {
    for (const codec of /** @type {const} */ (['msgpack', 'json'])) {
      // oxlint-disable-next-line no-await-in-loop -- one codec after the other
      small += await exchange(folder, codec, { bytes, problems });
    }
    const { rss } = readUsage(responder.pid);
    if (rss !== null && rss > MAX_RSS) problems.push(`The process that answers takes ${Math.round(rss / MIB)} MiB.`);
  } finally {
    await responder.stop();
  }
  return { counts: { bodies: 4, 'small replies meanwhile': small }, problems };
}

/** @param {string} folder @param {'msgpack' | 'json'} codec @param {{ bytes: Buffer, problems: string[] }} options @returns {Promise<number>} */
async function exchange(folder, codec, { bytes, problems }) {
  const options = { socketRoot: folder, appspace: '', autoStart: false, codec };
  const large = new Server(`large-${codec}`, options);
  const other = new Server(`other-${codec}`, options);
  try {
    await other.connectTo('responder');
    const asking = askWhile(other, checkDigest(large, bytes, problems));
    const small = await within(asking, PATIENCE_MS, 'The reply to a large body');
    const back = await within(large.send('responder', SIZE, { task: 'fill' }), PATIENCE_MS, 'A large reply');
    const { byteLength } = /** @type {Buffer} */ (back['bytes']);
    if (byteLength !== SIZE) problems.push(`${byteLength} bytes came back in ${codec}.`);
    await checkTooLarge(large, problems);
    return small;
  } finally {
    await Promise.all([large.close({ drain: 0 }), other.close({ drain: 0 })]);
  }
}

/** @param {Server} server @param {Buffer} bytes @param {string[]} problems */
async function checkDigest(server, bytes, problems) {
  const reply = await server.send('responder', { bytes }, { task: 'digest' });
  if (reply['digest'] !== createHash('sha1').update(bytes).digest('hex')) problems.push('The bytes arrived changed.');
}

/** @param {Server} server @param {Promise<void>} job @returns {Promise<number>} The number of replies until the job ended. */
async function askWhile(server, job) {
  const asking = { isOver: false, replies: 0 };
  const ask = async () => {
    while (!asking.isOver) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await server.send('responder', asking.replies, { task: 'return' });
      asking.replies++;
    }
  };
  await Promise.all([ask(), job.finally(() => (asking.isOver = true))]);
  return asking.replies;
}

/** Checks that a body over the limit fails while the connection stays open. @param {Server} server @param {string[]} problems */
async function checkTooLarge(server, problems) {
  const socket = server.getSocket('responder');
  try {
    await server.send('responder', { bytes: Buffer.alloc(SIZE + 8_192) }, { task: 'digest' });
    problems.push('A body over the limit was sent.');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    if (code !== 'ERR_LINK_TOO_LARGE') problems.push(`A body over the limit ended in ${String(code)}.`);
  }
  if (server.getSocket('responder') !== socket) problems.push('A body over the limit cost the connection.');
}
