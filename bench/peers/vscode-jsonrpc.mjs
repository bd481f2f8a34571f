import { once } from 'node:events';
import { connect as connectSocket, createServer } from 'node:net';
import { createMessageConnection, SocketMessageReader, SocketMessageWriter } from 'vscode-jsonrpc/node';
import { echoValue, fromBase64, toBase64 } from './base64.mjs';

const METHOD = 'echo';

/** JSON-RPC with Content-Length headers, as language servers speak it. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ folder, startEcho }) {
  const echoPid = await startEcho();
  const socket = connectSocket(pathIn(folder));
  await once(socket, 'connect');
  const connection = openConnection(socket);
  const echo = (/** @type {object} */ value) => connection.sendRequest(METHOD, value);
  return {
    echoPid,
    echo,
    echoBytes: async (bytes) => fromBase64(await echo(toBase64(bytes))) ?? Buffer.alloc(0),
    close: async () => connection.dispose(),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    openConnection(socket, (connection) => connection.onRequest(METHOD, echoValue));
  });
  server.listen(pathIn(folder));
  await once(server, 'listening');
}

/**
 * @param {import('node:net').Socket} socket
 * @param {(connection: import('vscode-jsonrpc').MessageConnection) => void} [prepare]
 */
function openConnection(socket, prepare) {
  const connection = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
  prepare?.(connection);
  connection.listen();
  return connection;
}

/** @param {string} folder */
function pathIn(folder) {
  return `${folder}jsonrpc`;
}
