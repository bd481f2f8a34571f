/** @param {unknown} data @throws TypeError where a peer brought something else back */
export function asBytes(data) {
  if (!(data instanceof Uint8Array)) throw new TypeError('The echo brought no bytes.');
  return data;
}
