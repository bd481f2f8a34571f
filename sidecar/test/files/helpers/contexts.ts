import type { ChecksumProgress } from '@ipc-link/shared/contracts/files';

export interface Warning {
  readonly message: string;
  readonly fields: object | undefined;
}

/** A checksum context that keeps the progress. */
export function checksumContext(signal: AbortSignal = new AbortController().signal) {
  const reports: ChecksumProgress[] = [];
  return { signal, reports, progress: (report: ChecksumProgress) => void reports.push(report) };
}

/** A search context that keeps the warnings. */
export function searchContext(signal: AbortSignal = new AbortController().signal) {
  const warnings: Warning[] = [];
  const warn = (message: string, fields?: object) => void warnings.push({ message, fields });
  return { signal, warnings, log: { warn } };
}
