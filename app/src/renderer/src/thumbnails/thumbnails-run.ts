import type { ThumbnailsRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { ThumbnailTally } from './thumbnail-log.ts';

/** State of a run of thumbnails in the window. */
export type ThumbnailsRunState = RunState<ThumbnailsRequest, ThumbnailTally, ThumbnailTally>;

/** The thumbnails so far, or all of a finished run; `undefined` before the first run. */
export function madeBy(state: ThumbnailsRunState): ThumbnailTally | undefined {
  if (state.status === 'idle') return undefined;
  return state.status === 'done' ? state.result : state.progress;
}
