import type { ChecksumProgress } from '#contracts/files';

/** A checksum context that keeps the progress. */
export function checksumContext(signal: AbortSignal = new AbortController().signal) {
  const reports: ChecksumProgress[] = [];
  return { signal, reports, progress: (report: ChecksumProgress) => void reports.push(report) };
}

/** What a stream needs of its context. */
export function streamContext(signal: AbortSignal = new AbortController().signal) {
  return { signal };
}
