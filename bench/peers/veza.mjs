import veza from 'veza';
import { asBytes } from './as-bytes.mjs';

const { Client, Server } = veza;

/** @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ folder, startEcho }) {
  const echoPid = await startEcho();
  const client = new Client('main');
  const socket = await client.connectTo(pathIn(folder));
  return {
    echoPid,
    echo: (value) => socket.send(value),
    echoBytes: async (bytes) => asBytes(await socket.send(bytes)),
    close: async () => void socket.disconnect(),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const server = new Server('echo');
  server.on('message', (message) => message.reply(message.data));
  server.on('error', () => {});
  await server.listen(pathIn(folder));
}

/** @param {string} folder */
function pathIn(folder) {
  return `${folder}veza`;
}
