import { NodeIpcTransport } from 'ipc-link';

/** @typedef {import('ipc-link').Transport} Transport */
/** @typedef {import('ipc-link').ByteStream} ByteStream */
/** @typedef {import('../random.mjs').Random} Random */

/** Probability of a fault for each write or each chunk that arrives. */
const CUT = 0.0004;
const STALL = 0.002;
const LONGEST_STALL_MS = 300;

/**
 * A transport over real sockets with faults: it cuts connections in the middle of a write, and stops reading for a while.
 *
 * @param {{ socketRoot: string, random: Random }} options
 * @returns {Transport}
 */
export function createFaultyTransport({ socketRoot, random }) {
  const sockets = new NodeIpcTransport({ socketRoot, appspace: '', maxConnections: 1_000 });
  return {
    listen: (name, onStream) => sockets.listen(name, (stream) => onStream(spoil(stream, random))),
    connect: async (name, signal) => spoil(await sockets.connect(name, signal), random),
  };
}

/** @param {ByteStream} stream @param {Random} random @returns {ByteStream} */
function spoil(stream, random) {
  let isCut = false;
  return {
    get bytesWaiting() {
      return stream.bytesWaiting;
    },
    get isWritable() {
      return stream.isWritable;
    },
    open: (events) =>
      stream.open({ ...bind(events), data: (chunk) => stall(stream, random, () => events.data(chunk)) }),
    write(parts) {
      // A broken socket delivers nothing after the bytes that were lost.
      if (isCut) return;
      isCut = random.chance(CUT);
      if (isCut) cut(stream, parts, random);
      else stream.write(parts);
    },
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    end: () => stream.end(),
    destroy: () => stream.destroy(),
  };
}

/** @param {Parameters<ByteStream['open']>[0]} events */
function bind(events) {
  return { drain: () => events.drain(), close: (/** @type {Error | undefined} */ error) => events.close(error) };
}

/** Writes a part of the bytes, and nothing after that. @param {ByteStream} stream @param {readonly Uint8Array[]} parts @param {Random} random */
function cut(stream, parts, random) {
  const bytes = Buffer.concat(parts);
  stream.write([bytes.subarray(0, random.below(bytes.length))]);
  setTimeout(() => stream.destroy(), 1);
}

/** @param {ByteStream} stream @param {Random} random @param {() => void} deliver */
function stall(stream, random, deliver) {
  deliver();
  if (!random.chance(STALL)) return;
  stream.pause();
  setTimeout(() => stream.resume(), random.below(LONGEST_STALL_MS));
}
