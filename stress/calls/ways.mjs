import { MemoryTransport, Server } from 'ipc-link';
import { createClient, createLog, linkCaller, serveContract } from 'ipc-link/contract';
import { SidecarHost } from 'ipc-link/host';
import { inProcessLauncher } from 'ipc-link/testing';
import { echo, handlers } from './contract.mjs';

/** @typedef {import('ipc-link/contract').CallOptions<unknown>} CallOptions */

/**
 * A way to make calls, with both of its ends in this process.
 *
 * @typedef {object} Way
 * @property {string} name
 * @property {readonly (keyof CallOptions)[]} options The call options that it supports.
 * @property {(input: number, options: CallOptions) => Promise<unknown>} call
 * @property {() => Promise<void>} close
 */

/** @type {readonly (keyof CallOptions)[]} */
const linkOptions = ['signal', 'timeout', 'onProgress'];

/** `send` from one Server to another. @returns {Promise<Way>} */
export async function openLink() {
  const [near, close] = openPair();
  return { name: 'send', options: linkOptions, call: (input, options) => near.send('far', input, options), close };
}

/** A contract's client over a link. @returns {Promise<Way>} */
export async function openContract() {
  const [near, close] = openPair();
  const client = createClient(echo, linkCaller(near, 'far'));
  return { name: 'client', options: linkOptions, call: (input, options) => client.once(input, options), close };
}

/**
 * A host's client.
 *
 * @param {'once' | 'again'} task
 * @returns {Promise<Way>}
 */
export async function openPool(task) {
  const sidecar = { contract: echo, launcher: inProcessLauncher(echo, handlers), instances: 2 };
  const host = new SidecarHost({ sidecars: { echo: sidecar } });
  await host.start();
  const client = host.client(echo);
  return {
    name: task === 'again' ? 'host, idempotent' : 'host',
    options: [...linkOptions, 'key'],
    call: (input, options) => client[task](input, options),
    close: () => host.stop(),
  };
}

/** @returns {[Server, () => Promise<void>]} */
function openPair() {
  const transport = new MemoryTransport();
  const near = new Server('near', { transport, autoStart: false });
  const far = new Server('far', { transport }).on('message', (message) => {
    message.progress(message.data);
    message.reply({ value: message.data });
  });
  serveContract(far, echo, handlers, () => createLog(() => {}));
  const close = async () => {
    await Promise.all([near.close(), far.close()]);
  };
  return [near, close];
}
