import type { ChecksumOutput } from '@ipc-link/shared/contracts/files';
import type { Failure } from '../failure.ts';
import { toText } from '../raw-path.ts';
import type { HashedBatch } from './messages.ts';

/** Gathers what the threads found, in whatever order it comes. */
export class Manifest {
  readonly #lines: Buffer[] = [];
  readonly #failures: Failure[] = [];
  #files = 0;
  #bytes = 0;

  /** @param index The batch's place, from 0. */
  add(index: number, batch: HashedBatch): void {
    this.#lines[index] = Buffer.from(batch.lines, 'latin1');
    this.#files += batch.files;
    this.#bytes += batch.bytes;
    this.addFailures(batch.failures);
  }

  addFailures(failures: readonly Failure[]): void {
    this.#failures.push(...failures);
  }

  /** The whole, once every batch has come; failures in the byte order of their paths. */
  result(): Pick<ChecksumOutput, 'manifest' | 'files' | 'bytes' | 'failures'> {
    const failures = this.#failures
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, code, reason }) => ({ path: toText(path), code, reason }));
    return { manifest: Buffer.concat(this.#lines), files: this.#files, bytes: this.#bytes, failures };
  }
}
