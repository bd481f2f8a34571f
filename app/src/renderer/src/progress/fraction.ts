import type { ChecksumProgress } from '#contracts/files';

/** The part of the bytes that is done (of the files, where all are empty), from 0 to 1; `undefined` until the totals are known. */
export function completedFraction(progress: ChecksumProgress): number | undefined {
  if (progress.filesTotal === undefined || progress.bytesTotal === undefined) return undefined;
  if (progress.bytesTotal > 0) return clamp(progress.bytesDone / progress.bytesTotal);
  if (progress.filesTotal > 0) return clamp(progress.filesDone / progress.filesTotal);
  return 1;
}

/** The fraction in whole percent, rounded down: 100 means finished. */
export function toPercent(fraction: number): number {
  return Math.floor(fraction * 100);
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
