import { createMebibyte } from '../../payload.mjs';
import { postItems } from '../../windows/post-items.mjs';

const mebibyte = createMebibyte();
let isStopped = false;

process.parentPort.on('message', ({ ports: [port] }) => {
  port?.on('message', ({ data }) => {
    if (typeof data === 'number') void stream(port, data);
    else if (data === 'stop') isStopped = true;
    else port.postMessage(data === 'bytes' ? mebibyte : data);
  });
  port?.start();
});
process.parentPort.postMessage('ready');

/** @param {Electron.MessagePortMain} port @param {number} count */
async function stream(port, count) {
  isStopped = false;
  await postItems(count, { post: (item) => port.postMessage(item), isStopped: () => isStopped });
  port.postMessage('end');
}
