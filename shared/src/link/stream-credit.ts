import { protocolError } from '../envelope/errors.ts';

/** What the reader of a stream allows its writer: so many bytes that are on their way or waiting, and as many again as are taken. */
export class StreamCredit {
  readonly #windowBytes: number;
  /** Bytes that the writer may still send. */
  #granted: number;
  /** Bytes taken by the reader and not yet granted again. */
  #taken = 0;

  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes;
    this.#granted = windowBytes;
  }

  /** @throws LinkError `ERR_LINK_PROTOCOL` when the writer sends more than it was allowed to. */
  receive(bytes: number): void {
    if (this.#granted <= 0) throw protocolError('a stream that went on without credit');
    this.#granted -= bytes;
  }

  /** @returns How many bytes the writer is now to be granted; 0 for none yet. */
  take(bytes: number): number {
    this.#taken += bytes;
    if (this.#taken < this.#windowBytes / 2) return 0;
    const grant = this.#taken;
    this.#granted += grant;
    this.#taken = 0;
    return grant;
  }
}
