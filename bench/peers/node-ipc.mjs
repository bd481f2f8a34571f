// @ts-expect-error It ships no types.
import { IPCModule } from 'node-ipc';
import { fromBase64, toBase64, echoValue } from './base64.mjs';
import { PendingQueue } from './pending-queue.mjs';

/** Its own framing: JSON and a delimiter. The setting `parser` is 'fast' or 'guarded'. */
const EVENT = 'echo';
/** Base64 of 1 MiB, with room. */
const MAX_MESSAGE_BYTES = 4_194_304;

/** @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ settings, folder, startEcho }) {
  const echoPid = await startEcho();
  const ipc = createIpc(settings, folder);
  const pending = new PendingQueue();
  const peer = await new Promise((resolve) => {
    ipc.connectTo('peer', pathIn(folder), () => {
      const client = ipc.of['peer'];
      client.on('connect', () => resolve(client));
    });
  });
  peer.on(EVENT, (/** @type {unknown} */ data) => pending.settle(data));
  const echo = (/** @type {object} */ value) => {
    peer.emit(EVENT, value);
    return pending.add();
  };
  return {
    echoPid,
    echo,
    echoBytes: async (bytes) => fromBase64(await echo(toBase64(bytes))) ?? Buffer.alloc(0),
    close: async () => ipc.disconnect('peer'),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export function serve({ settings, folder }) {
  const ipc = createIpc(settings, folder);
  return new Promise((resolve) => {
    ipc.serve(pathIn(folder), () => resolve());
    ipc.server.on(EVENT, (/** @type {unknown} */ data, /** @type {unknown} */ socket) => {
      ipc.server.emit(socket, EVENT, echoValue(data));
    });
    ipc.server.start();
  });
}

/** @param {import('../types.d.ts').Peer['settings']} settings @param {string} folder @returns {any} */
function createIpc({ parser }, folder) {
  const ipc = new IPCModule();
  Object.assign(ipc.config, { socketRoot: folder, silent: true, parser, maxMessageSize: MAX_MESSAGE_BYTES });
  return ipc;
}

/** @param {string} folder */
function pathIn(folder) {
  return `${folder}node-ipc`;
}
