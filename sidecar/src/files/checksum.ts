import type { ChecksumFailure, ChecksumInput, ChecksumOutput, ChecksumProgress } from '#contracts/files';
import { manifestTooLargeError } from './errors.ts';
import { manifest } from './manifest.ts';

/** A reply has to fit into a message, which has at most 64 MiB. */
const MAX_MANIFEST_BYTES = 48 * 1024 * 1024;

/** With paths of 4,096 bytes, the longest, so many failures take as many bytes as the largest manifest. */
const MAX_FAILURES = 12_000;

/** The part of the handler's context that the task uses. */
export interface ChecksumContext {
  readonly signal: AbortSignal;
  progress(progress: ChecksumProgress): void;
}

/**
 * Returns in one piece what `manifest` gives in pieces, for folders of up to some hundred thousand files. Failures are sorted
 * by the bytes of their paths.
 *
 * @throws FilesError `ERR_MANIFEST_TOO_LARGE`, as soon as the limit is passed.
 * @throws As `manifest`.
 */
export async function checksum(input: ChecksumInput, context: ChecksumContext): Promise<ChecksumOutput> {
  const pieces: Uint8Array[] = [];
  const failures: ChecksumFailure[] = [];
  let bytes = 0;
  for await (const item of manifest(input, context)) {
    if (item.type === 'progress') {
      const { type: _type, ...progress } = item;
      context.progress(progress);
    } else if (item.type === 'lines') {
      pieces.push(item.lines);
      bytes += item.lines.length;
    } else if (item.type === 'failure') failures.push({ path: item.path, code: item.code, reason: item.reason });
    else if (item.type === 'end') {
      const { algorithm = 'sha256' } = input;
      return {
        algorithm: typeof algorithm === 'string' ? algorithm : (algorithm[0] ?? 'sha256'),
        manifest: Buffer.concat(pieces),
        files: item.files,
        bytes: item.bytes,
        failures: failures.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))),
        durationMs: item.durationMs,
      };
    }
    if (bytes > MAX_MANIFEST_BYTES || failures.length > MAX_FAILURES) throw manifestTooLargeError();
  }
  throw new TypeError('A manifest ends with an item of the type end.');
}
