import { createHash } from 'node:crypto';
import { Server } from '@ipc-link/shared';
import { answerParent, readArguments } from '../process/answer-parent.mjs';
import { readUsage } from '../process/usage.mjs';
import { addHandlers } from './handlers.mjs';

/** A process with one Server that answers what the scenarios ask. */

const [options] = readArguments();
const { name, ...serverOptions } = options;
/** Messages whose replies are held back. @type {import('@ipc-link/shared').Message[]} */
const held = [];
/** @type {(() => void)[]} */
const waiting = [];

const server = new Server(name, { appspace: '', ...serverOptions });
server.on('error', () => {});
addHandlers(server, (problem) => process.emitWarning(problem));
server.handle('hold', (message) => {
  held.push(message);
  for (const wake of waiting.splice(0)) wake();
});
server.handle('digest', (message) => {
  const { bytes } = /** @type {{ bytes: Uint8Array }} */ (message.data);
  message.reply({ digest: createHash('sha1').update(bytes).digest('hex') });
});
server.handle('return', (message) => void message.reply(message.data));
server.handle('fill', (message) => void message.reply({ bytes: Buffer.alloc(Number(message.data)) }));

answerParent({
  ready: () => server.whenReady(),
  /** Resolves once that many requests are held. */
  held: async (/** @type {number} */ count) => {
    // oxlint-disable-next-line no-await-in-loop -- one more comes with each turn
    while (held.length < count) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
    return held.length;
  },
  /** Answers what is held, the last first. */
  release: () => {
    for (const message of held.splice(0).toReversed()) message.reply({ answer: message.data });
  },
  /** Connects to somebody and sends them so many messages of so many bytes, without waiting. */
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
