import type { SearchInput, SearchLeftOut } from '#contracts/files';
import { checkRoot } from '../check-root.ts';
import { searchArguments } from './arguments.ts';
import { locateEngine } from './engine.ts';
import { leaveOut, outputNames } from './output-names.ts';
import type { SearchRuns } from './run-all.ts';

export interface PreparedSearch {
  readonly runs: SearchRuns;
  /** The files that hits are written to, as far as they are among the searched files. */
  readonly leftOut: readonly SearchLeftOut[];
}

/**
 * Checks a search's root and plans the runs of ripgrep.
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
  // ripgrep does not apply globs to paths in its arguments, so that the outputs are removed from these.
  const paths = input.paths?.filter((path) => typeof path !== 'string' || !names.includes(path));
  const runs = { root: input.root, paths, engine: await locateEngine(), args, signal };
  return { runs, leftOut: names.map(leftOut) };
}

function leftOut(path: string): SearchLeftOut {
  return { type: 'leftOut', path, reason: 'it is also the output, and was left out' };
}
