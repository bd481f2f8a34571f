/**
 * The ports that main gives this page through its preload.
 *
 * @template {1 | 2} Count
 * @param {Count} count
 * @returns {Promise<Count extends 1 ? [MessagePort] : [MessagePort, MessagePort]>}
 */
export function receivePorts(count) {
  return new Promise((resolve, reject) => {
    window.addEventListener('message', ({ data, ports }) => {
      if (data !== 'port') return;
      if (ports.length === count) resolve(/** @type {any} */ (ports));
      else reject(new Error(`${ports.length} ports came instead of ${count}.`));
    });
  });
}
