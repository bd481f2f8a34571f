import type { SearchMatch } from '@ipc-link/shared/contracts/files';
import { formatCounted } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import type { SearchTally } from './match-log.ts';
import type { SearchRunState } from './search-run.ts';

/** The status line; it changes at milestones only, because it is read out. */
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

/** What was found: `1,204 matches in 312 files`. */
export function summarizeMatches({ total, files }: SearchTally): string {
  if (total === 0) return 'no matches';
  return `${formatCounted(total, 'match', 'matches')} in ${formatCounted(files, 'file')}`;
}

/** A match's place in the form that editors open: `src/main.ts:12:5`. */
export function placeOf({ path, line, column }: SearchMatch): string {
  return `${path}:${line}:${column}`;
}
