import { createHash } from 'node:crypto';
import { Server } from 'ipc-link';
import { answerParent, readArguments } from '../process/answer-parent.mjs';
import { readUsage } from '../process/usage.mjs';
import { addHandlers } from './handlers.mjs';

/** A process with one Server that answers the requests of the scenarios. */

const [options] = readArguments();
const { name, ...serverOptions } = options;
/** Messages that have not been answered yet. @type {import('ipc-link').Message[]} */
const held = [];
/** @type {(() => void)[]} */
const waiting = [];
/** Reasons with which handlers were aborted. @type {string[]} */
const heard = [];
let watched = 0;

const server = new Server(name, { appspace: '', ...serverOptions });
server.on('error', () => {});
addHandlers(server, (problem) => process.emitWarning(problem));
server.handle('hold', (message) => {
  held.push(message);
  wakeAll();
});
server.handle('watch', ({ signal }) => {
  watched++;
  wakeAll();
  signal.addEventListener('abort', () => heard.push(nameOf(signal.reason)), { once: true });
});
server.handle('digest', (message) => {
  const { bytes } = /** @type {{ bytes: Uint8Array }} */ (message.data);
  message.reply({ digest: createHash('sha1').update(bytes).digest('hex') });
});
server.handle('ignore', () => {});
server.handle('return', (message) => void message.reply(message.data));
server.handle('fill', (message) => void message.reply({ bytes: Buffer.alloc(Number(message.data)) }));

answerParent({
  ready: () => server.whenReady(),
  /** Resolves when that many requests wait for their answer. */
  held: async (/** @type {number} */ count) => {
    await untilSo(() => held.length >= count);
    return held.length;
  },
  /** Resolves when that many handlers are watched, and resets the count. */
  watched: async (/** @type {number} */ count) => {
    await untilSo(() => watched >= count);
    watched = 0;
  },
  /** Returns the reasons with which handlers were aborted since the last call. */
  heard: () => heard.splice(0),
  /** Sends the responder so many requests that it never answers. */
  askToWatch: (/** @type {number} */ count) =>
    Promise.allSettled(Array.from({ length: count }, () => server.send('responder', 0, { task: 'watch' }))),
  /** Answers the waiting requests, the last one first. */
  release: () => {
    for (const message of held.splice(0).toReversed()) message.reply({ answer: message.data });
  },
  /** Connects to a peer and sends it so many messages of so many bytes without waiting for replies. */
  flood: async (/** @type {{ peer: string, count: number, bytes: number }} */ { peer, count, bytes }) => {
    await server.connectTo(peer);
    const data = Buffer.alloc(bytes);
    const sends = Array.from({ length: count }, () => server.send(peer, data));
    const results = await Promise.allSettled(sends);
    return countCodes(results);
  },
  usage: () => {
    globalThis.gc?.();
    return readUsage(process.pid);
  },
  peers: () => server.socketNames,
});

/** @param {() => boolean} isSo Checked after each message. */
async function untilSo(isSo) {
  // oxlint-disable-next-line no-await-in-loop -- each turn waits for the next thing
  while (!isSo()) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
}

function wakeAll() {
  for (const wake of waiting.splice(0)) wake();
}

/** @param {unknown} error */
function nameOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error instanceof DOMException || !('code' in error) ? error.name : String(error.code);
}

/** @param {readonly PromiseSettledResult<unknown>[]} results */
function countCodes(results) {
  /** @type {Record<string, number>} */
  const codes = {};
  for (const result of results) {
    const code = result.status === 'fulfilled' ? 'reply' : String(result.reason.code);
    codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}
