import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from 'ipc-link';
import { tlsTransport } from 'ipc-link/tls';
import { createAuthority } from '../../shared/test/support/certificates.mjs';
import { asBytes } from './as-bytes.mjs';

const SECRET = 'a secret of thirty-two characters';
const TIMEOUT_MS = 30_000;

/**
 * ipc-link as between machines: TLS 1.3 with certificates on both sides, and the second process connects to the first.
 *
 * @type {import('../types.d.ts').PeerModule['connect']}
 */
export async function connect({ folder, startEcho }) {
  mkdirSync(join(folder, 'certificates'), { recursive: true });
  const identity = createAuthority(join(folder, 'certificates')).issue('both');
  const transport = tlsTransport({ host: '127.0.0.1', port: 0, ...identity });
  const server = new Server('main', { transport, secret: SECRET, timeout: TIMEOUT_MS });
  await server.whenReady();
  writeFileSync(addressFile(folder), JSON.stringify({ host: '127.0.0.1', port: transport.port, ...identity }));
  const echoPid = await startEcho();
  return {
    echoPid,
    echo: (value) => server.send('echo', value),
    echoBytes: async (bytes) => asBytes((await server.send('echo', bytes))['data']),
    close: () => server.close(),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const transport = tlsTransport(JSON.parse(readFileSync(addressFile(folder), 'utf8')));
  const server = new Server('echo', { transport, secret: SECRET, timeout: TIMEOUT_MS, autoStart: false });
  server.on('message', (message) => void message.reply(message.data));
  await server.connectTo('main');
}

/** @param {string} folder */
function addressFile(folder) {
  return join(folder, 'tls-address');
}
