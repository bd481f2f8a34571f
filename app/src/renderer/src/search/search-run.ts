import type { SearchRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { Run } from '../run/use-run.ts';
import type { SearchTally } from './match-log.ts';

/** A search's life in the window. */
export type SearchRunState = RunState<SearchRequest, SearchTally, SearchTally>;

/** The search's state and what can be done to it. */
export type SearchRun = Run<SearchRequest, SearchTally, SearchTally>;

/** What was found so far or in all; `undefined` before the first run. */
export function foundBy(state: SearchRunState): SearchTally | undefined {
  if (state.status === 'idle') return undefined;
  return state.status === 'done' ? state.result : state.progress;
}
