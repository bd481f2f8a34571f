import { pathToFileURL } from 'node:url';
import { asBytes } from './as-bytes.mjs';

/** Both processes hold it; the handshake proves it. A benchmark has nothing to hide. */
const SECRET = 'a secret of thirty-two characters';
const TIMEOUT_MS = 30_000;

/**
 * ipc-link with everything on: ids, pending table, deadlines that travel, cancellation, heartbeat, and a handshake with a
 * secret. With the setting `hasSignal`, each call also brings an AbortSignal.
 *
 * @type {import('../types.d.ts').PeerModule['connect']}
 */
export async function connect({ settings, folder, startEcho }) {
  const echoPid = await startEcho();
  const { Server } = await load(settings);
  const server = new Server('main', optionsFor(folder));
  await server.whenReady();
  await server.connectTo('echo');
  const options = settings['hasSignal'] === true ? { signal: new AbortController().signal } : {};
  return {
    echoPid,
    echo: (value) => server.send('echo', value, options),
    echoBytes: async (bytes) => {
      const reply = await server.send('echo', bytes, options);
      return asBytes(reply['data']);
    },
    close: () => server.close(),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ settings, folder }) {
  const { Server } = await load(settings);
  const server = new Server('echo', optionsFor(folder));
  server.on('message', (message) => void message.reply(message.data));
  await server.whenReady();
}

/**
 * The setting `build` names another built copy of the project, to measure two versions side by side.
 *
 * @param {import('../types.d.ts').Peer['settings']} settings
 * @returns {Promise<typeof import('ipc-link')>}
 */
function load({ build }) {
  return typeof build === 'string' ? import(pathToFileURL(`${build}/shared/bundle/index.js`).href) : import('ipc-link');
}

/** @param {string} folder */
function optionsFor(folder) {
  return { socketRoot: folder, appspace: '', secret: SECRET, timeout: TIMEOUT_MS };
}
