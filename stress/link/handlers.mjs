import { createHash } from 'node:crypto';
import { pause } from '../process/deadline.mjs';

/** @typedef {import('ipc-link').Message} Message */

/**
 * A request of one peer to another.
 *
 * @typedef {object} Question
 * @property {string} sender A random id of the sending Server.
 * @property {number} turn Number of the question among those of the sender to this peer.
 * @property {string} text
 * @property {Buffer} bytes
 */

/** Computes the token that the reply to a question must contain. @param {Question} question */
export function computeToken({ sender, turn, text, bytes }) {
  return createHash('sha1').update(`${sender} ${turn} ${text}`).update(bytes).digest('hex');
}

/**
 * Adds the handlers that every peer has.
 *
 * @param {import('ipc-link').Server} server
 * @param {(problem: string) => void} complain
 */
export function addHandlers(server, complain) {
  const turns = new Turns(complain);
  server.handle('ask', (message) => {
    const question = /** @type {Question} */ (message.data);
    turns.check(question);
    message.reply({ token: computeToken(question) });
  });
  server.handle('slow', async (message) => {
    await pause(Number(message.data));
    message.reply({ waited: message.data });
  });
  server.handle('fail', (message) => {
    if (message.data === 'throw') throw new RangeError('It was asked to.');
    message.reply({ reason: 'It was asked to.' }, false);
  });
  server.handle('report', async (message) => {
    const count = Number(message.data);
    for (let done = 1; done <= count; done++) {
      message.progress(done);
      // oxlint-disable-next-line no-await-in-loop -- progress takes time
      if (done % 10 === 0) await pause(0);
    }
    message.reply({ count });
  });
  server.handle('count', async (message) => {
    const { to, padding } = /** @type {{ to: number, padding: string }} */ (message.data);
    for (let count = 1; count <= to; count++) {
      // oxlint-disable-next-line no-await-in-loop -- the reader sets the pace
      await message.write({ count, padding });
    }
    message.end();
  });
}

/** Checks that questions arrive in order and at most once. Some may get lost with their connection. */
class Turns {
  /** @type {Map<string, number>} */
  #last = new Map();
  #complain;

  /** @param {(problem: string) => void} complain */
  constructor(complain) {
    this.#complain = complain;
  }

  /** @param {Question} question */
  check({ sender, turn }) {
    const last = this.#last.get(sender) ?? 0;
    if (turn <= last) this.#complain(`Question ${turn} of ${sender} came after question ${last}.`);
    this.#last.set(sender, turn);
  }
}
