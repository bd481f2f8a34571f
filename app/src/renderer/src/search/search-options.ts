import type { SearchRequest } from '../api.ts';
import type { SearchRunState } from './search-run.ts';

/** The values of the search form. */
export interface SearchFormOptions {
  readonly pattern: string;
  readonly regex: boolean;
  readonly ignoreCase: boolean;
  readonly wordRegexp: boolean;
  readonly hidden: boolean;
  readonly noIgnore: boolean;
  /** Lines shown around each hit. */
  readonly context: number;
  /** Globs of the files to search, separated by commas or spaces; empty for all. */
  readonly files: string;
}

export const defaultSearchOptions: SearchFormOptions = {
  pattern: '',
  regex: false,
  ignoreCase: false,
  wordRegexp: false,
  hidden: false,
  noIgnore: false,
  context: 0,
  files: '',
};

/** The search that the form asks for. */
export function toRequest(root: string, { context, files, ...options }: SearchFormOptions): SearchRequest {
  const glob = files.split(/[\s,]+/).filter((each) => each !== '');
  return { root, ...options, beforeContext: context, afterContext: context, glob };
}

/** Why the pattern in the form was refused; `undefined` when it was not, or after it has been changed. */
export function patternProblem(state: SearchRunState, options: SearchFormOptions): string | undefined {
  if (state.status !== 'failed' || state.error.kind !== 'invalid-pattern') return undefined;
  const asked = toRequest(state.input.root, options);
  const unchanged =
    state.input.pattern === asked.pattern &&
    state.input.regex === asked.regex &&
    state.input.glob?.join(' ') === asked.glob?.join(' ');
  return unchanged ? state.error.message : undefined;
}
