import { Dealer, Router } from 'zeromq';
import { PendingQueue } from './pending-queue.mjs';

/** DEALER and ROUTER over ipc://, which keep the order and may have many messages under way. JSON, or bytes as they are. */

/** @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ folder, startEcho }) {
  const echoPid = await startEcho();
  const socket = new Dealer({ linger: 0 });
  socket.connect(endpointIn(folder));
  const pending = new PendingQueue();
  const sender = new Sender(socket);
  const receiving = receive(socket, ([body]) => pending.settle(body));
  const echo = async (/** @type {object} */ value) => {
    sender.send([JSON.stringify(value)]);
    return JSON.parse(String(await pending.add()));
  };
  return {
    echoPid,
    echo,
    echoBytes(bytes) {
      sender.send([bytes]);
      return pending.add();
    },
    async close() {
      socket.close();
      await receiving;
    },
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const socket = new Router({ linger: 0 });
  await socket.bind(endpointIn(folder));
  const sender = new Sender(socket);
  void receive(socket, ([sentBy, body]) => {
    if (sentBy === undefined || body === undefined) return;
    const isJson = body.length < 4_096;
    sender.send([sentBy, isJson ? JSON.stringify(JSON.parse(body.toString())) : body]);
  });
}

/** A socket takes one message at a time. */
class Sender {
  /** @type {(string | Buffer)[][]} */
  #waiting = [];
  #isSending = false;
  #socket;

  /** @param {Dealer | Router} socket */
  constructor(socket) {
    this.#socket = socket;
  }

  /** @param {(string | Buffer)[]} message */
  send(message) {
    this.#waiting.push(message);
    if (!this.#isSending) void this.#drain();
  }

  async #drain() {
    this.#isSending = true;
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      // One at a time is what the library asks for.
      await this.#socket.send(/** @type {any} */ (message));
    }
    this.#isSending = false;
  }
}

/** @param {Dealer | Router} socket @param {(parts: Buffer[]) => void} onMessage */
async function receive(socket, onMessage) {
  for await (const parts of socket) onMessage(parts);
}

/** @param {string} folder */
function endpointIn(folder) {
  return `ipc://${folder}zeromq`;
}
