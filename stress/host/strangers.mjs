import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { answerParent, readArguments } from '../process/answer-parent.mjs';
import { createHello, helloFrame } from '../wire/handshake.mjs';

/**
 * Opens connections to every host in a folder: so many to each socket, replaced when the host closes them. They send nothing,
 * or bytes that are not a frame, or only a hello.
 */

const [{ folder, crowd, says }] = readArguments();
const LOOK_MS = 2;
const seen = new Set();
let opened = 0;

answerParent({ opened: () => opened });
setInterval(() => {
  for (const path of findSockets()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (let count = 0; count < crowd; count++) push(path);
  }
}, LOOK_MS);

/** @param {string} path */
function push(path) {
  let isThere = true;
  let isRenewed = false;
  // Half open: the connection stays when the host ends its side, and another one is opened.
  const socket = connect({ path, allowHalfOpen: true }, () => {
    opened++;
    speak(socket);
  });
  const renew = () => {
    if (isRenewed) return;
    isRenewed = true;
    if (isThere) setImmediate(push, path);
    else seen.delete(path);
  };
  socket.on('error', (/** @type {NodeJS.ErrnoException} */ { code }) => {
    isThere = code !== 'ENOENT' && code !== 'ECONNREFUSED';
  });
  socket.once('end', renew);
  socket.once('close', renew);
  socket.resume();
}

/** @param {import('node:net').Socket} socket */
function speak(socket) {
  if (says === 'junk') socket.write('GET / HTTP/1.1\r\n\r\n');
  if (says === 'hello') socket.write(helloFrame(createHello('stranger')));
}

/** @returns {string[]} */
function findSockets() {
  return readdirSync(folder).flatMap((name) => {
    try {
      return readdirSync(join(folder, name)).map((socket) => join(folder, name, socket));
    } catch {
      // It has just gone.
      return [];
    }
  });
}
