import type { ChecksumAlgorithm } from '@ipc-link/shared/contracts/files';
import { describeFailure, type Failure } from '../failure.ts';
import { locateBelow, type RawPath } from '../raw-path.ts';
import { hashFile } from './hash-file.ts';
import { manifestLine } from './manifest-line.ts';
import type { HashedBatch, HashEvent, ListedFile } from './messages.ts';

/** How often an event goes out in the midst of a batch; one more goes out at its start and at its end. */
const EVENT_INTERVAL_MS = 50;

export interface HashOptions {
  readonly root: string;
  readonly algorithm: ChecksumAlgorithm;
  readonly buffer: Uint8Array;
  readonly emit: (event: HashEvent) => void;
  readonly now: () => number;
}

/** Hashes a batch of files one after the other; a file that can't be read becomes a failure. */
export function hashFiles(files: readonly ListedFile[], options: HashOptions): HashedBatch {
  const lines: string[] = [];
  const failures: Failure[] = [];
  const reporter = new Reporter(options);
  const locate = locateBelow(options.root);
  const onRead = (length: number): void => reporter.read(length);
  const { algorithm, buffer } = options;
  for (const file of files) {
    reporter.begin(file.path);
    try {
      const digest = hashFile(locate(file.path), { size: file.size, algorithm, buffer, onRead });
      lines.push(manifestLine(digest, file.path));
      reporter.finish();
    } catch (error) {
      failures.push(describeFailure(file.path, error));
    }
  }
  reporter.send();
  return { lines: lines.join(''), files: lines.length, bytes: reporter.bytesRead, failures };
}

/** Sums up between two events. */
class Reporter {
  readonly #options: HashOptions;
  #files = 0;
  #bytes = 0;
  #path: RawPath = '';
  #sentAt = -Infinity;
  bytesRead = 0;

  constructor(options: HashOptions) {
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
