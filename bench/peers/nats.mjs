import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectNats } from '@nats-io/transport-node';
import { installNatsServer, startNatsServer } from '../../app/test/nats/support/nats-server.mjs';

const TIMEOUT_MS = 30_000;

/**
 * Bare request and reply over a nats-server on this machine, without TLS: JSON for objects, and bytes as they are.
 *
 * @type {import('../types.d.ts').PeerModule['connect']}
 */
export async function connect({ folder, startEcho }) {
  installNatsServer();
  const server = await startNatsServer({ folder: join(folder, 'nats') });
  writeFileSync(urlFile(folder), server.url);
  const echoPid = await startEcho();
  const nats = await connectNats({ servers: server.url });
  const options = { timeout: TIMEOUT_MS };
  return {
    echoPid,
    echo: async (value) => (await nats.request('echo', JSON.stringify(value), options)).json(),
    echoBytes: async (bytes) => (await nats.request('echo-bytes', bytes, options)).data,
    close: async () => {
      await nats.close();
      await server.stop('SIGKILL');
    },
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const nats = await connectNats({ servers: readFileSync(urlFile(folder), 'utf8') });
  nats.subscribe('echo', { callback: (_, message) => void message.respond(JSON.stringify(message.json())) });
  nats.subscribe('echo-bytes', { callback: (_, message) => void message.respond(message.data) });
  await nats.flush();
}

/** @param {string} folder */
function urlFile(folder) {
  return join(folder, 'nats-url');
}
