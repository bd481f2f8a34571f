/** Collects the frames of one tick. */
export class Outbox {
  /** @type {Buffer[]} */
  #frames = [];
  #socket;

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.#socket = socket;
  }

  /** @param {Buffer} frame */
  push(frame) {
    if (this.#frames.push(frame) === 1) process.nextTick(() => this.#flush());
  }

  #flush() {
    const frames = this.#frames;
    this.#frames = [];
    writeAll(this.#socket, frames);
  }
}

/** @param {import('node:net').Socket} socket @param {Buffer[]} frames */
export function writeAll(socket, frames) {
  const [only] = frames;
  socket.write(frames.length === 1 && only !== undefined ? only : Buffer.concat(frames));
}
