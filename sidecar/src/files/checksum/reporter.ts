import type { RawPath } from '../raw-path.ts';
import type { HashEvent } from './messages.ts';

/** Time between two events within a batch. Others are sent at its start and at its end. */
const EVENT_INTERVAL_MS = 50;

export interface ReporterOptions {
  readonly emit: (event: HashEvent) => void;
  readonly now: () => number;
}

/** Adds up what a thread has done since its last event, and sends the next one when it is due. */
export class Reporter {
  readonly #options: ReporterOptions;
  #files = 0;
  #bytes = 0;
  #path: RawPath = '';
  #sentAt = -Infinity;
  bytesRead = 0;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  begin(path: RawPath): void {
    this.#path = path;
    this.#sendIfDue();
  }

  read(length: number): void {
    this.#bytes += length;
    this.bytesRead += length;
    this.#sendIfDue();
  }

  finish(): void {
    this.#files += 1;
  }

  send(): void {
    this.#options.emit({ files: this.#files, bytes: this.#bytes, path: this.#path });
    [this.#files, this.#bytes, this.#sentAt] = [0, 0, this.#options.now()];
  }

  #sendIfDue(): void {
    if (this.#options.now() - this.#sentAt >= EVENT_INTERVAL_MS) this.send();
  }
}
