import { once } from 'node:events';
import { createServer } from 'node:net';
import { Server } from 'ipc-link';
import { startResponder } from '../link/start-responder.mjs';
import { within } from '../process/deadline.mjs';
import { readUsage } from '../process/usage.mjs';
import { createJsonFrame, Flag, Kind } from '../wire/frame.mjs';
import { RawConnection, shakeHands, welcomeDialer } from '../wire/raw-connection.mjs';

/** Peers that never read: messages for them must not pile up in memory, and other peers must not be affected. */
export const about = 'peers that never read what they asked for or were sent: memory bounded, others go on';

const MIB = 1_048_576;
const PATIENCE_MS = 60_000;
const MAX_WRITE_BYTES = 16 * MIB;
const MAX_IN_FLIGHT = 10_000;
/** Largest memory of the answering process, in which a few times `maxWriteBytes` may wait for each peer. */
const MAX_RSS = 400 * MIB;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder }) {
  const responder = await startResponder(folder, { maxWriteBytes: MAX_WRITE_BYTES, maxInFlight: MAX_IN_FLIGHT });
  const good = new Server('good', { socketRoot: folder, appspace: '', autoStart: false });
  /** @type {RawConnection[]} */
  const deaf = [];
  try {
    for (const [index, frames] of [requests(), refused(), givenUp(), [stream()], pings()].entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      deaf.push(await connectDeaf(folder, `deaf-${index}`, frames));
    }
    const flooded = await floodDeafListener(folder, responder);
    const replies = await askManyTimes(good, 200);
    const { rss } = readUsage(responder.pid);
    const isTooMuch = rss !== null && rss > MAX_RSS;
    const problems = isTooMuch ? [`The process that answers takes ${Math.round(rss / MIB)} MiB.`] : [];
    if (!('ERR_LINK_OVERLOADED' in flooded)) problems.push(`Nothing was refused: ${JSON.stringify(flooded)}`);
    return { counts: { 'replies to a good client': replies, ...flooded }, problems };
  } finally {
    for (const connection of deaf) connection.destroy();
    await good.close({ drain: 0 });
    await responder.stop();
  }
}

/** Requests whose replies are a hundred times as large as what may wait. */
function requests() {
  const frame = (/** @type {number} */ number) =>
    createJsonFrame(Kind.request, { id: `r${number}`, data: MIB, task: 'fill' }, { correlation: number });
  return Array.from({ length: 1_600 }, (_, index) => frame(index + 1));
}

/** As many small requests as the responder takes, then a million that it has to refuse. */
function refused() {
  const frame = (/** @type {number} */ number) =>
    createJsonFrame(Kind.request, { id: `h${number}`, task: 'ignore' }, { correlation: number });
  const taken = Array.from({ length: MAX_IN_FLIGHT }, (_, index) => frame(index + 1));
  return [Buffer.concat(taken), ...repeat(frame(MAX_IN_FLIGHT + 1))];
}

/** A million small requests that are cancelled at once. The peer answers each with a frame that says that it has ended. */
function givenUp() {
  const request = createJsonFrame(Kind.request, { id: 'g', task: 'ignore' }, { correlation: 1 });
  return repeat(Buffer.concat([request, createJsonFrame(Kind.cancel, '', { correlation: 1 })]));
}

/** Repeats the frames a million times, in blocks of a thousand. @param {Buffer} frames */
function repeat(frames) {
  const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => frames));
  return Array.from({ length: 1_000 }, () => thousand);
}

function stream() {
  const data = { to: 1e9, padding: 'x'.repeat(1_000) };
  return createJsonFrame(Kind.request, { id: 's', data, task: 'count' }, { correlation: 1, flags: Flag.stream });
}

function pings() {
  const some = Buffer.concat(Array.from({ length: 1_000 }, () => createJsonFrame(Kind.ping, '')));
  return Array.from({ length: 300 }, () => some);
}

/** @param {string} folder @param {string} name @param {readonly Buffer[]} frames */
async function connectDeaf(folder, name, frames) {
  const connection = await RawConnection.open(`${folder}responder`);
  await shakeHands(connection, { name, hello: { streamWindow: Number.MAX_SAFE_INTEGER, features: ['ended'] } });
  connection.pause();
  for (const frame of frames) connection.write(frame);
  return connection;
}

/** The responder sends to a peer that accepts its connection and then never reads. @param {string} folder @param {import('../process/child.mjs').Child} responder @returns {Promise<Record<string, number>>} */
async function floodDeafListener(folder, responder) {
  const listener = createServer();
  listener.listen(`${folder}deaf-listener`);
  await once(listener, 'listening');
  listener.on('connection', async (socket) => {
    const connection = new RawConnection(socket);
    await welcomeDialer(connection, { name: 'deaf-listener' });
    connection.pause();
    // Time for the flood to meet the limit; then those that were sent settle too.
    setTimeout(() => connection.destroy(), 500);
    listener.close();
  });
  const flood = responder.ask('flood', { peer: 'deaf-listener', count: 200, bytes: MIB });
  return within(flood, PATIENCE_MS, 'The end of every send to a peer that never reads');
}

/** @param {Server} server @param {number} count */
async function askManyTimes(server, count) {
  for (let number = 0; number < count; number++) {
    const reply = server.send('responder', number, { task: 'return' });
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await within(reply, PATIENCE_MS, 'A reply to a good client');
  }
  return count;
}
