import type { SearchRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { Run } from '../run/use-run.ts';
import type { SearchTally } from './match-log.ts';

/** State of a search in the window. */
export type SearchRunState = RunState<SearchRequest, SearchTally, SearchTally>;

/** State of a search, with the functions that start and cancel it. */
export type SearchRun = Run<SearchRequest, SearchTally, SearchTally>;

/** The hits so far, or all of a finished search; `undefined` before the first run. */
export function foundBy(state: SearchRunState): SearchTally | undefined {
  if (state.status === 'idle') return undefined;
  return state.status === 'done' ? state.result : state.progress;
}
