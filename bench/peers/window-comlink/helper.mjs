import { expose, wrap } from 'comlink';
import { createMebibyte, smallObject } from '../../payload.mjs';

/** Items that wait for their answers at once. */
const IN_FLIGHT = 1_024;
const mebibyte = createMebibyte();

process.parentPort.on('message', ({ ports: [port, callbackPort] }) => {
  if (port === undefined || callbackPort === undefined) return;
  const callback = wrap(toEndpoint(callbackPort));
  callbackPort.start();
  expose(
    {
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
    },
    toEndpoint(port),
  );
});
process.parentPort.postMessage('ready');

/** Electron's port as comlink expects one. @param {Electron.MessagePortMain} port @returns {import('comlink').Endpoint} */
function toEndpoint(port) {
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (_type, listener) => void port.on('message', ({ data }) => listener({ data })),
    removeEventListener: () => {},
    start: () => port.start(),
  };
}
