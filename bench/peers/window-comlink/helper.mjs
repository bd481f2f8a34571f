import { expose, wrap } from 'comlink';
import { createMebibyte, smallObject } from '../../payload.mjs';

/** Items that wait for their answers at once. */
const IN_FLIGHT = 1_024;
const mebibyte = createMebibyte();

/**
 * @typedef {object} Api
 * @property {(value: object) => object} echo
 * @property {() => Uint8Array} bytes
 * @property {(count: number) => Promise<void>} items
 */

process.parentPort.on('message', ({ ports: [port, callbackPort] }) => {
  if (port === undefined || callbackPort === undefined) return;
  /** @type {import('comlink').Remote<(item: unknown) => boolean>} */
  const callback = wrap(toEndpoint(callbackPort));
  callbackPort.start();
  /** @type {Api} */
  const api = {
    echo: (value) => value,
    bytes: () => mebibyte,
    async items(count) {
      let isStopped = false;
      /** @type {Promise<void>[]} */
      let waiting = [];
      for (let index = 0; index < count; index++) {
        if (isStopped) break;
        waiting.push(
          callback(smallObject).then((isTaken) => {
            isStopped ||= !isTaken;
          }),
        );
        if (waiting.length < IN_FLIGHT) continue;
        await Promise.all(waiting);
        waiting = [];
      }
      await Promise.all(waiting);
    },
  };
  expose(api, toEndpoint(port));
});
process.parentPort.postMessage('ready');

/** Electron's port as comlink expects one. @param {Electron.MessagePortMain} port @returns {import('comlink').Endpoint} */
function toEndpoint(port) {
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (_type, listener) => {
      const hear = 'handleEvent' in listener ? listener.handleEvent.bind(listener) : listener;
      port.on('message', ({ data }) => hear(/** @type {any} What comlink reads of an event. */ ({ data })));
    },
    removeEventListener: () => {},
    start: () => port.start(),
  };
}
