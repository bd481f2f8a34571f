import { concat, defer, deferBriefly } from '../platform/node.ts';
import type { ByteStream } from '../transport/transport.ts';

/** Parts up to this size are copied together; larger ones are written as they are. */
const COALESCE_BYTES = 16_384;

/**
 * Nobody waits for room while less than this waits to be written. It is also the most that a socket lets wait without
 * saying later that it has left.
 */
export const BACKLOG_BYTES = 65_536;

/** Collects what is sent in one tick and writes it in one go. */
export class Outbox {
  readonly #stream: ByteStream;
  readonly #onDrain: () => void;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #bytesPushed = 0;
  #isDeferred = false;
  #isDeferredBriefly = false;

  /** @param onDrain Called when a backlog has left at once: a socket says so only of what had to wait. */
  constructor(stream: ByteStream, onDrain: () => void) {
    this.#stream = stream;
    this.#onDrain = onDrain;
  }

  /** Bytes that have not left this process. */
  get bytesWaiting(): number {
    return this.#bytes + this.#stream.bytesWaiting;
  }

  /** Bytes that have. */
  get bytesLeft(): number {
    return this.#bytesPushed - this.bytesWaiting;
  }

  /**
   * @param head A frame's bytes, with `tail`; they must not change until they have left.
   * @param isFollowed Whether more of its kind is likely to come with the microtasks that follow.
   */
  push(head: Uint8Array, tail: readonly Uint8Array[], isFollowed: boolean): void {
    this.#defer(this.#stream.avoidsTicks === true && !isFollowed);
    this.#add(head);
    for (const part of tail) this.#add(part);
  }

  flush(): void {
    this.#isDeferred = false;
    this.#isDeferredBriefly = false;
    const parts = this.#parts;
    if (parts.length === 0) return;
    const bytes = this.#bytes;
    this.#parts = [];
    this.#bytes = 0;
    this.#stream.write(parts.length === 1 ? parts : coalesce(parts));
    if (bytes >= BACKLOG_BYTES && this.#stream.bytesWaiting === 0) this.#onDrain();
  }

  #defer(isBrief: boolean): void {
    if (this.#isDeferredBriefly || (this.#isDeferred && !isBrief)) return;
    if (isBrief) this.#isDeferredBriefly = true;
    else this.#isDeferred = true;
    (isBrief ? deferBriefly : defer)(flush, this);
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#bytes += part.length;
    this.#bytesPushed += part.length;
  }
}

function flush(outbox: Outbox): void {
  outbox.flush();
}

/** Joins neighbouring small parts: one buffer costs the kernel and libuv less than many. */
function coalesce(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const joined: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  for (const part of parts) {
    if (part.length < COALESCE_BYTES) {
      run.push(part);
      continue;
    }
    if (run.length > 0) joined.push(join(run));
    joined.push(part);
    run = [];
  }
  if (run.length > 0) joined.push(join(run));
  return joined;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : concat(parts);
}
