import type { VerifyCounts, VerifyState } from '#contracts/files';
import { formatBytes } from '../format/bytes.ts';
import { formatCount, formatCounted } from '../format/count.ts';
import { folderName, visibleName } from '../format/path.ts';
import type { VerifyTally } from './verify-log.ts';
import type { VerifyRunState } from './verify-run.ts';

/** Names of the states, as the window shows them. */
export const stateNames: Readonly<Record<VerifyState, string>> = {
  ok: 'Unchanged',
  changed: 'Changed',
  missing: 'Missing',
  unreadable: 'Not read',
  new: 'New',
};

/** Whether every file is as the manifest says. */
export function isAllRight({ changed, missing, unreadable, misread }: VerifyCounts): boolean {
  return changed + missing + unreadable + misread === 0;
}

/** The numbers of files by state: `8,412 unchanged, 2 changed, 1 missing`. */
export function summarizeCounts(counts: VerifyCounts): string {
  const states = (['ok', 'changed', 'missing', 'unreadable', 'new'] as const).filter(
    (state) => counts[state] > 0 || state === 'ok',
  );
  const parts = states.map((state) => `${formatCount(counts[state])} ${stateNames[state].toLowerCase()}`);
  return [...parts, ...(counts.misread > 0 ? [`${formatCounted(counts.misread, 'line')} not understood`] : [])].join(
    ', ',
  );
}

/** Text of the status line. Changes seldom, because screen readers read each change aloud. */
export function verifyStatus(state: VerifyRunState): string {
  switch (state.status) {
    case 'idle':
      return 'Ready.';
    case 'running':
      return `Comparing ${shownFolder(state.input.root)} with ${shownFolder(state.input.manifest)}…`;
    case 'done':
      return `Done: ${summarizeCounts(state.result.counts)}.`;
    case 'failed':
      return 'The comparison failed.';
    case 'cancelled':
      return `Cancelled: ${summarizeCounts(state.progress.counts)} until then.`;
  }
}

/** The window's title while a comparison runs. */
export function verifyTitle(state: VerifyRunState): string | undefined {
  return state.status === 'running' ? `Verifying ${shownFolder(state.input.root)}` : undefined;
}

/** The progress of an unfinished comparison: `8,412 of 20,031 files compared (1.2 GB)`. */
export function describeCompared({ latest }: VerifyTally): string {
  if (!latest) return 'nothing compared yet';
  const { filesDone, filesTotal, bytesDone } = latest;
  const of = filesTotal === undefined ? '' : ` of ${formatCount(filesTotal)}`;
  return `${formatCount(filesDone)}${of} files compared (${formatBytes(bytesDone)})`;
}

function shownFolder(path: string): string {
  return visibleName(folderName(path));
}
