import { lstatSync, statSync } from 'node:fs';
import { createDigester, type Digester } from '../checksum/digesters.ts';
import { hashFile } from '../checksum/hash-file.ts';
import { Reporter } from '../checksum/reporter.ts';
import { describeFailure } from '../failure.ts';
import { isOutside, locateBelow } from '../raw-path.ts';
import { CrcDigester } from './crc.ts';
import type { Comparison, VerifiedBatch, VerifyProtocol } from './messages.ts';
import type { LineAlgorithm, ManifestLine } from './parse-line.ts';

export interface CompareOptions {
  readonly buffer: Uint8Array;
  readonly now: () => number;
}

/** Compares files with the lines of a manifest. The first match of a digest length decides the algorithm of that length. */
export class FileComparer {
  readonly #options: VerifyProtocol['data'] & CompareOptions;
  readonly #locate: ReturnType<typeof locateBelow>;
  readonly #digesters = new Map<LineAlgorithm, Digester>();
  readonly #found = new Map<number, LineAlgorithm>();

  constructor(options: VerifyProtocol['data'] & CompareOptions) {
    this.#options = options;
    this.#locate = locateBelow(options.root);
  }

  async compare(
    lines: readonly ManifestLine[],
    emit: (event: VerifyProtocol['event']) => void,
  ): Promise<VerifiedBatch> {
    const reporter = new Reporter({ emit, now: this.#options.now });
    const files: Comparison[] = [];
    for (const line of lines) {
      reporter.begin(line.path);
      files.push(await this.#compareOne(line, (length) => reporter.read(length)));
      reporter.finish();
    }
    reporter.send();
    return { files, bytes: reporter.bytesRead };
  }

  async #compareOne(line: ManifestLine, onRead: (length: number) => void): Promise<Comparison> {
    if (this.#options.onlyBelowRoot && isOutside(line.path))
      return { state: 'unreadable', reason: 'it lies outside the folder' };
    try {
      const [likely, ...others] = this.#candidates(line);
      if (likely !== undefined && (await this.#matches(line, [likely], onRead))) return { state: 'ok' };
      return { state: others.length > 0 && (await this.#matches(line, others, onRead)) ? 'ok' : 'changed' };
    } catch (error) {
      const { code, reason } = describeFailure(line.path, error);
      return code === 'ENOENT' || code === 'ENOTDIR' ? { state: 'missing' } : { state: 'unreadable', reason };
    }
  }

  async #matches(
    line: ManifestLine,
    algorithms: readonly LineAlgorithm[],
    onRead: (length: number) => void,
  ): Promise<boolean> {
    const { onlyBelowRoot, buffer } = this.#options;
    const digesters = await Promise.all(algorithms.map((algorithm) => this.#digester(algorithm)));
    const path = this.#locate(line.path);
    const { size } = (onlyBelowRoot ? lstatSync : statSync)(path);
    const digests = hashFile(path, { size, follow: !onlyBelowRoot, digesters, buffer, onRead });
    const matched = algorithms[digests.indexOf(line.digest)];
    if (matched === undefined || (line.size ?? size) !== size) return false;
    this.#found.set(line.digest.length, matched);
    return true;
  }

  /** The algorithms that a line may have been made with: one, where a match has decided it for the digest's length. */
  #candidates({ digest, algorithms }: ManifestLine): readonly LineAlgorithm[] {
    const known = this.#found.get(digest.length);
    return known !== undefined && algorithms.includes(known) ? [known] : algorithms;
  }

  async #digester(algorithm: LineAlgorithm): Promise<Digester> {
    const known = this.#digesters.get(algorithm);
    if (known !== undefined) return known;
    const digester = algorithm === 'crc' ? new CrcDigester() : await createDigester(algorithm);
    this.#digesters.set(algorithm, digester);
    return digester;
  }
}
