import { offer } from '../../windows/page/offer.mjs';
import { receivePorts } from '../../windows/page/receive-ports.mjs';

offer(receivePorts(1).then(([port]) => use(port)));

/** Sends one request at a time, so that the next message is its answer. @param {MessagePort} port */
function use(port) {
  /** @type {(data: any) => void} */
  let hear = () => {};
  port.addEventListener('message', ({ data }) => hear(data));
  port.start();
  const ask = (/** @type {unknown} */ question) => {
    port.postMessage(question);
    return new Promise((resolve) => (hear = resolve));
  };
  return {
    echo: ask,
    takeBytes: () => ask('bytes'),
    readItems: (/** @type {number} */ count, /** @type {(item: unknown) => boolean} */ take) =>
      new Promise((resolve) => {
        let isTaking = true;
        hear = (item) => {
          if (item === 'end') return resolve(undefined);
          if (!isTaking || take(item)) return;
          isTaking = false;
          port.postMessage('stop');
        };
        port.postMessage(count);
      }),
  };
}
