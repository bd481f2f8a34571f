import type { SearchInput, SearchLeftOut } from '#contracts/files';
import { checkRoot } from '../check-root.ts';
import { searchArguments } from './arguments.ts';
import { locateEngine } from './engine.ts';
import { leaveOut, outputNames } from './output-names.ts';
import type { SearchRuns } from './run-all.ts';

export interface PreparedSearch {
  readonly runs: SearchRuns;
  /** The files that hits are written to, where they lie in what is searched. */
  readonly leftOut: readonly SearchLeftOut[];
}

/**
 * Checks a search's root and says what has to be run for it.
 *
 * @param more Arguments besides those of the search.
 * @throws FilesError for a root that can't be read; the signal's reason, at once.
 */
export async function prepareSearch(
  input: SearchInput,
  { signal, more }: { readonly signal: AbortSignal; readonly more: readonly string[] },
): Promise<PreparedSearch> {
  signal.throwIfAborted();
  await checkRoot(input.root, signal);
  const names = outputNames(input);
  const args = [...searchArguments(input), ...more, ...names.map((name) => `--glob=${leaveOut(name)}`)];
  // A glob is not asked about what was named.
  const paths = input.paths?.filter((path) => typeof path !== 'string' || !names.includes(path));
  const runs = { root: input.root, paths, engine: await locateEngine(), args, signal };
  return { runs, leftOut: names.map(leftOut) };
}

function leftOut(path: string): SearchLeftOut {
  return { type: 'leftOut', path, reason: 'it is also the output, and was left out' };
}
