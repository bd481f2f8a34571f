import type { ChecksumProgress } from '#contracts/files';

/** Creates a checksum context that records the progress. */
export function checksumContext(signal: AbortSignal = new AbortController().signal) {
  const reports: ChecksumProgress[] = [];
  return { signal, reports, progress: (report: ChecksumProgress) => void reports.push(report) };
}

/** Creates the context of a stream. */
export function streamContext(signal: AbortSignal = new AbortController().signal) {
  return { signal };
}
