import type { SearchFailure, SearchInput } from '#contracts/files';
import { runInDeepFolder } from './deep-run.ts';
import { EngineMessages, readFailure } from './messages.ts';
import { planRuns, type PlannedRun } from './plan-runs.ts';
import { type EngineExit, type EngineOutput, runEngine } from './run-engine.ts';

/** The output of the runs of one search. */
export type SearchEvent =
  | { readonly type: 'output'; readonly bytes: Buffer }
  /** Something could not be searched. */
  | { readonly type: 'failure'; readonly failure: SearchFailure; readonly complaint: Buffer }
  /** An error message about the search itself. */
  | { readonly type: 'complaint'; readonly complaint: Buffer }
  /** A run has ended. All its other events come before this one. */
  | { readonly type: 'exit'; readonly code: number; readonly binaryFiles: number };

export interface SearchRuns extends Pick<SearchInput, 'root' | 'paths'> {
  readonly engine: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Runs ripgrep as often as a search needs it. Files whose paths are longer than the system accepts are searched from a folder
 * on the way to them; their hits have the whole paths all the same.
 */
export async function* runAll(
  { root, paths, engine, args, signal }: SearchRuns,
  { isJson }: { readonly isJson: boolean },
): AsyncGenerator<SearchEvent, void, void> {
  const deep: string[] = [];
  for (const run of planRuns(engine, args, paths))
    yield* readEvents(runEngine({ ...run, folder: root, signal }), run, deep);
  for (let next = takeSiblings(deep); next !== undefined; next = takeSiblings(deep)) {
    const plan = (names: readonly string[]): PlannedRun[] => planRuns(engine, args, names);
    const run = runInDeepFolder({ root, ...next, plan, signal, isJson });
    yield* readEvents(run, { input: undefined }, deep);
  }
}

async function* readEvents(
  parts: AsyncIterable<EngineOutput | EngineExit>,
  { input }: Pick<PlannedRun, 'input'>,
  deep: string[],
): AsyncGenerator<SearchEvent, void, void> {
  const messages = new EngineMessages();
  let isTroubled = false;
  for await (const part of parts) {
    if (part.from === 'stdout') {
      yield { type: 'output', bytes: part.bytes };
      continue;
    }
    for (const complaint of part.from === 'stderr' ? messages.push(part.bytes) : messages.end()) {
      isTroubled = true;
      const failure = readFailure(complaint.toString('utf8'));
      if (failure === undefined) yield { type: 'complaint', complaint };
      else if (isTooDeep(failure)) deep.push(failure.path);
      else yield { type: 'failure', failure, complaint };
    }
    if (part.from !== 'exit') continue;
    // The exit codes of xargs don't distinguish a search without hits from a failure.
    const code = input === undefined || part.code === 0 ? part.code : isTroubled ? 2 : 1;
    yield { type: 'exit', code, binaryFiles: messages.binaryFiles };
  }
}

function isTooDeep({ code, path }: SearchFailure): boolean {
  return code === 'ENAMETOOLONG' && process.platform === 'linux' && path.includes('/') && !path.includes('\uFFFD');
}

/** Removes from `paths` the first one and all others in the same folder, which one run can search. */
function takeSiblings(paths: string[]): { readonly folder: string; readonly names: readonly string[] } | undefined {
  const [first] = paths;
  if (first === undefined) return undefined;
  const folder = first.slice(0, first.lastIndexOf('/'));
  const isSibling = (path: string): boolean => path.slice(0, path.lastIndexOf('/')) === folder;
  const names = paths.filter(isSibling).map((path) => path.slice(folder.length + 1));
  paths.splice(0, Infinity, ...paths.filter((path) => !isSibling(path)));
  return { folder, names };
}
