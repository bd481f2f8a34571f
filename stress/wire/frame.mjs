/** Frames as docs/PROTOCOL.md describes them, implemented independently, so that the attacker does not share the link's faults. */

export const Kind = Object.freeze({
  hello: 1,
  welcome: 2,
  request: 3,
  reply: 4,
  progress: 5,
  chunk: 6,
  credit: 7,
  end: 8,
  cancel: 9,
  ping: 10,
  pong: 11,
  goodbye: 12,
});

export const Flag = Object.freeze({ graph: 1, attachments: 2, failed: 4, stream: 8 });

/**
 * @typedef {object} Frame
 * @property {number} kind
 * @property {number} flags
 * @property {number} correlation Correlation number; 0 where the kind has none.
 * @property {Buffer} body
 */

/** @param {number} kind */
export function hasCorrelation(kind) {
  return kind >= Kind.request && kind <= Kind.pong;
}

/**
 * @param {number} kind
 * @param {Uint8Array} [body]
 * @param {{ flags?: number, correlation?: number }} [options]
 */
export function createFrame(kind, body = Buffer.alloc(0), { flags = 0, correlation = 0 } = {}) {
  const isNumbered = hasCorrelation(kind);
  const header = Buffer.alloc(isNumbered ? 10 : 6);
  header.writeUInt32BE(body.length + header.length - 4, 0);
  header[4] = kind;
  header[5] = flags;
  if (isNumbered) header.writeUInt32BE(correlation, 6);
  return Buffer.concat([header, body]);
}

/** @param {number} kind @param {unknown} value @param {{ flags?: number, correlation?: number }} [options] */
export function createJsonFrame(kind, value, options) {
  return createFrame(kind, Buffer.from(JSON.stringify(value)), options);
}

/** Divides the bytes that arrive into frames. */
export class FrameCutter {
  /** @type {Buffer} */
  #bytes = Buffer.alloc(0);

  /** Bytes that are not yet a whole frame. */
  get rest() {
    return this.#bytes.length;
  }

  /** @param {Buffer} chunk @returns {Frame[]} */
  push(chunk) {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const frames = [];
    for (let frame = this.#cut(); frame !== null; frame = this.#cut()) frames.push(frame);
    return frames;
  }

  /** @returns {Frame | null} */
  #cut() {
    const bytes = this.#bytes;
    if (bytes.length < 4 || bytes.length < 4 + bytes.readUInt32BE(0)) return null;
    const end = 4 + bytes.readUInt32BE(0);
    const kind = bytes[4] ?? 0;
    const isNumbered = hasCorrelation(kind);
    const frame = {
      kind,
      flags: bytes[5] ?? 0,
      correlation: isNumbered ? bytes.readUInt32BE(6) : 0,
      body: bytes.subarray(isNumbered ? 10 : 6, end),
    };
    this.#bytes = bytes.subarray(end);
    return frame;
  }
}
