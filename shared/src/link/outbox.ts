import { concat, defer } from '../platform/node.ts';
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

  /** @param parts A frame's bytes; they must not change until they have left. */
  push(head: Uint8Array, tail: readonly Uint8Array[]): void {
    if (this.#parts.length === 0) defer(flush, this);
    this.#add(head);
    for (const part of tail) this.#add(part);
  }

  flush(): void {
    const parts = this.#parts;
    if (parts.length === 0) return;
    const bytes = this.#bytes;
    this.#parts = [];
    this.#bytes = 0;
    this.#stream.write(parts.length === 1 ? parts : coalesce(parts));
    if (bytes >= BACKLOG_BYTES && this.#stream.bytesWaiting === 0) this.#onDrain();
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
    if (run.length > 0) joined.push(concat(run));
    joined.push(part);
    run = [];
  }
  if (run.length > 0) joined.push(concat(run));
  return joined;
}
