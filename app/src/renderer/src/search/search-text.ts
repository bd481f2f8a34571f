import { formatCount, formatCounted } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import type { SearchRequest } from '../api.ts';
import type { SearchTally } from './match-log.ts';
import type { SearchRunState } from './search-run.ts';

/** Text of the status line. Changes seldom, because screen readers read each change aloud. */
export function searchStatus(state: SearchRunState): string {
  switch (state.status) {
    case 'idle':
      return 'Ready.';
    case 'running':
      return `Searching in ${visibleName(folderName(state.input.root))}…`;
    case 'done':
      return `Done: ${summarizeMatches(state.result)} after ${formatDuration(state.durationMs)}.`;
    case 'failed':
      return state.error.kind === 'invalid-pattern' ? 'The pattern can’t be used.' : 'The search failed.';
    case 'cancelled':
      return `Cancelled: ${summarizeMatches(state.progress)} until then.`;
  }
}

/** The window's title while a search runs. */
export function searchTitle(state: SearchRunState): string | undefined {
  return state.status === 'running' ? `Search in ${visibleName(folderName(state.input.root))}` : undefined;
}

/** The number of hits: `1,204 lines in 312 files`. */
export function summarizeMatches({ lines, files }: SearchTally): string {
  if (lines === 0) return 'no matches';
  return `${formatCounted(lines, 'line')} in ${formatCounted(files, 'file')}`;
}

/** The files that a finished search left out: `3 binary files skipped`. Empty when it left out none. */
export function summarizeLeftOut({ end }: SearchTally): string {
  const binary = end?.binaryFiles ?? 0;
  return binary === 0 ? '' : `${formatCounted(binary, 'binary file')} skipped`;
}

/** The files that the options exclude: `Hidden files and files that .gitignore leaves out were not searched.` */
export function describeScope({ hidden = false, noIgnore = false }: SearchRequest): string {
  const left = [...(hidden ? [] : ['hidden files']), ...(noIgnore ? [] : ['files that .gitignore leaves out'])];
  if (left.length === 0) return '';
  const text = left.join(' and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} were not searched.`;
}

/** How many files could not be read: `2 not read`. */
export function countFailures({ failures, end }: SearchTally): string {
  return formatCount(end?.failures ?? failures.length);
}
