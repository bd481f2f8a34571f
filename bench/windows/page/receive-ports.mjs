/** The ports that main gives this page through its preload. @returns {Promise<readonly MessagePort[]>} */
export function receivePorts() {
  return new Promise((resolve) => {
    window.addEventListener('message', ({ data, ports }) => {
      if (data === 'port') resolve(ports);
    });
  });
}
