/** Base64 for peers that send only JSON. Handlers on both sides still work with Buffers. */

/** @param {Buffer} bytes */
export function toBase64(bytes) {
  return { base64: bytes.toString('base64') };
}

/** @param {unknown} value @returns {Buffer | null} null where the value is no such object */
export function fromBase64(value) {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return null;
  return Buffer.from(String(value.base64), 'base64');
}

/** The echo of such peers: what came as bytes is turned into bytes and back. @param {unknown} value */
export function echoValue(value) {
  const bytes = fromBase64(value);
  return bytes === null ? value : toBase64(bytes);
}
