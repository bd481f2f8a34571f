import type { SearchInput } from '@ipc-link/shared/contracts/files';
import type { SearchRunState } from './search-run.ts';

/** What the search form holds. */
export type SearchOptions = Required<Omit<SearchInput, 'root'>>;

export const defaultSearchOptions: SearchOptions = { pattern: '', regex: false, ignoreCase: false };

/** What is wrong with the pattern in the form; `undefined` once it has been changed, or when nothing is. */
export function patternProblem(state: SearchRunState, options: SearchOptions): string | undefined {
  if (state.status !== 'failed' || state.error.kind !== 'invalid-pattern') return undefined;
  const unchanged = state.input.pattern === options.pattern && state.input.regex === options.regex;
  return unchanged ? state.error.message : undefined;
}
