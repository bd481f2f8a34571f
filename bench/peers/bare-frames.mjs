/** The bare echo's frames: u32 length of what follows, u8 kind, then JSON or raw bytes. */

export const JSON_BODY = 0;
export const RAW_BODY = 1;
const HEADER_BYTES = 5;

/** @param {unknown} value */
export function encodeJson(value) {
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length);
  writeHeader(frame, JSON_BODY, length);
  frame.write(text, HEADER_BYTES);
  return frame;
}

/** The header of a frame whose body is written behind it as it is. @param {Buffer} bytes */
export function encodeRawHeader(bytes) {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  writeHeader(header, RAW_BODY, bytes.length);
  return header;
}

/**
 * Cuts what arrives into frames. A frame that lies whole in one chunk is read in place, any other is filled into one
 * buffer of its size.
 *
 * @param {(kind: number, body: Buffer) => void} onFrame
 * @returns {(chunk: Buffer) => void}
 */
export function createReader(onFrame) {
  /** @type {Buffer | null} */
  let partial = null;
  let filled = 0;
  /** @type {Buffer} */
  let head = Buffer.alloc(0);
  const fill = (/** @type {Buffer} */ frame, /** @type {Buffer} */ chunk, /** @type {number} */ offset) => {
    const taken = chunk.copy(frame, filled, offset);
    filled += taken;
    if (filled === frame.length) {
      partial = null;
      onFrame(frame[0] ?? 0, frame.subarray(1));
    }
    return offset + taken;
  };
  return (received) => {
    const chunk = head.length === 0 ? received : Buffer.concat([head, received]);
    if (head.length > 0) head = Buffer.alloc(0);
    let offset = 0;
    while (offset < chunk.length) {
      if (partial !== null) {
        offset = fill(partial, chunk, offset);
      } else if (chunk.length - offset < 4) {
        head = chunk.subarray(offset);
        return;
      } else {
        const length = chunk.readUInt32BE(offset);
        const start = offset + 4;
        if (chunk.length - start >= length) {
          onFrame(chunk[start] ?? 0, chunk.subarray(start + 1, start + length));
          offset = start + length;
        } else {
          partial = Buffer.allocUnsafeSlow(length);
          filled = 0;
          offset = start;
        }
      }
    }
  };
}

/** @param {Buffer} frame @param {number} kind @param {number} bodyBytes */
function writeHeader(frame, kind, bodyBytes) {
  frame.writeUInt32BE(bodyBytes + 1, 0);
  frame[4] = kind;
}
