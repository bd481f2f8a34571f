import type { ChecksumAlgorithm, ChecksumOutput } from '#contracts/files';
import { formatBytes, formatThroughput } from '../format/bytes.ts';
import { formatCount, formatCounted } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { completedFraction, toPercent } from '../progress/fraction.ts';
import type { ChecksumRunState } from './checksum-run.ts';
import type { ChecksumTally } from './checksum-tally.ts';

/** Names of the algorithms, as the window shows them. */
export const algorithmNames: Readonly<Record<ChecksumAlgorithm, string>> = {
  sha256: 'SHA-256',
  sha512: 'SHA-512',
  sha384: 'SHA-384',
  sha1: 'SHA-1',
  md5: 'MD5',
  'sha3-256': 'SHA3-256',
  'sha3-512': 'SHA3-512',
  blake2b: 'BLAKE2b',
  blake3: 'BLAKE3',
};

/** The algorithms in the order of the menu. */
export const algorithms: readonly ChecksumAlgorithm[] = [
  'sha256',
  'sha512',
  'sha384',
  'sha1',
  'md5',
  'sha3-256',
  'sha3-512',
  'blake2b',
  'blake3',
];

const commands: Readonly<Partial<Record<ChecksumAlgorithm, string>>> = {
  sha256: 'sha256sum',
  sha512: 'sha512sum',
  sha384: 'sha384sum',
  sha1: 'sha1sum',
  md5: 'md5sum',
  blake2b: 'b2sum',
  blake3: 'b3sum',
};

/** The command that prints and checks the same manifest. SHA-3 has no command that every system has. */
export function commandOf(algorithm: ChecksumAlgorithm): string {
  return commands[algorithm] ?? 'sha256sum';
}

/** Text of the status line. Changes seldom, because screen readers read each change aloud. */
export function checksumStatus(state: ChecksumRunState): string {
  switch (state.status) {
    case 'idle':
      return 'Ready.';
    case 'running':
      return `Checksumming ${shownFolder(state.input.root)}…`;
    case 'done':
      return `Done: ${summarize(state.result.output)}.`;
    case 'failed':
      return 'The checksum failed.';
    case 'cancelled':
      return `Cancelled: ${describeDone(state.progress)}.`;
  }
}

/** The window's title, with the progress, which a task bar may show. */
export function checksumTitle(state: ChecksumRunState): string | undefined {
  if (state.status !== 'running') return undefined;
  const fraction = state.progress.latest && completedFraction(state.progress.latest);
  const name = shownFolder(state.input.root);
  return fraction === undefined ? `Checksum of ${name}` : `${toPercent(fraction)}% of ${name}`;
}

/** The totals of a finished checksum: `20,031 files, 2.9 GB in 3.4 s, 3 not read`. */
export function summarize({ files, bytes, durationMs, failures }: ChecksumOutput): string {
  const done = `${formatCounted(files, 'file')}, ${formatBytes(bytes)} in ${formatDuration(durationMs)}`;
  return failures.length === 0 ? done : `${done}, ${formatCount(failures.length)} not read`;
}

/** The average speed of a finished checksum; `undefined` when there was too little to measure. */
export function averageThroughput({ bytes, durationMs }: ChecksumOutput): string | undefined {
  return bytes >= 1_000_000 && durationMs >= 1 ? formatThroughput((bytes * 1000) / durationMs) : undefined;
}

/** The progress of an unfinished checksum: `8,412 of 20,031 files read (1.2 GB of 2.9 GB)`. */
export function describeDone({ latest }: ChecksumTally): string {
  if (!latest) return 'nothing read yet';
  const { filesDone, filesTotal, bytesDone, bytesTotal } = latest;
  const files =
    filesTotal === undefined
      ? formatCounted(filesDone, 'file')
      : `${formatCount(filesDone)} of ${formatCounted(filesTotal, 'file')}`;
  const bytes =
    bytesTotal === undefined ? formatBytes(bytesDone) : `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
  return `${files} read (${bytes})`;
}

function shownFolder(root: string): string {
  return visibleName(folderName(root));
}
