import { once } from 'node:events';
import { connect as connectSocket, createServer } from 'node:net';
import { createReader, encodeJson, encodeRawHeader, JSON_BODY } from './bare-frames.mjs';
import { Outbox, writeAll } from './bare-outbox.mjs';
import { PendingQueue } from './pending-queue.mjs';

/**
 * The yardstick: a Unix socket with length-prefixed JSON and nothing else. No ids (answers come in order), no limits, no
 * timeouts, no errors. A lone message is written at once; with many under way those of one tick leave in one write.
 *
 * @type {import('../types.d.ts').PeerModule['connect']}
 */
export async function connect({ folder, startEcho }) {
  const echoPid = await startEcho();
  const socket = connectSocket(pathIn(folder));
  await once(socket, 'connect');
  const pending = new PendingQueue();
  const outbox = new Outbox(socket);
  socket.on(
    'data',
    createReader((kind, body) => pending.settle(kind === JSON_BODY ? JSON.parse(body.toString()) : body)),
  );
  return {
    echoPid,
    echo(value) {
      socket.write(encodeJson(value));
      return pending.add();
    },
    echoMany(value) {
      outbox.push(encodeJson(value));
      return pending.add();
    },
    echoBytes(bytes) {
      writeRaw(socket, bytes);
      return pending.add();
    },
    close: async () => void socket.destroy(),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const server = createServer((socket) => {
    /** @type {Buffer[]} */
    let replies = [];
    const read = createReader((kind, body) => {
      if (kind === JSON_BODY) replies.push(encodeJson(JSON.parse(body.toString())));
      else writeRaw(socket, body);
    });
    socket.on('data', (/** @type {Buffer} */ chunk) => {
      read(chunk);
      if (replies.length === 0) return;
      writeAll(socket, replies);
      replies = [];
    });
    socket.on('error', () => {});
  });
  server.listen(pathIn(folder));
  await once(server, 'listening');
}

/** @param {import('node:net').Socket} socket @param {Buffer} bytes */
function writeRaw(socket, bytes) {
  socket.cork();
  socket.write(encodeRawHeader(bytes));
  socket.write(bytes);
  socket.uncork();
}

/** @param {string} folder */
function pathIn(folder) {
  return `${folder}bare`;
}
