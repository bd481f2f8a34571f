import type { SearchFailure, SearchInput } from '#contracts/files';
import { runInDeepFolder } from './deep-run.ts';
import { EngineMessages, readFailure } from './messages.ts';
import { planRuns, type PlannedRun } from './plan-runs.ts';
import { type EngineExit, type EngineOutput, runEngine } from './run-engine.ts';

/** What the runs of one search say. */
export type SearchEvent =
  | { readonly type: 'output'; readonly bytes: Buffer }
  /** Something could not be searched. */
  | { readonly type: 'failure'; readonly failure: SearchFailure; readonly complaint: Buffer }
  /** A complaint that is about the search itself. */
  | { readonly type: 'complaint'; readonly complaint: Buffer }
  /** A run has ended, and said before all that it had to say. */
  | { readonly type: 'exit'; readonly code: number; readonly binaryFiles: number };

export interface SearchRuns extends Pick<SearchInput, 'root' | 'paths'> {
  readonly engine: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Runs the engine as often as a search takes. What lies so deep that the system takes no path to it is searched from a
 * folder on the way, and named as if it hadn't been.
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
    // xargs has exit codes of its own, which don't tell nothing found from something failed.
    const code = input === undefined || part.code === 0 ? part.code : isTroubled ? 2 : 1;
    yield { type: 'exit', code, binaryFiles: messages.binaryFiles };
  }
}

function isTooDeep({ code, path }: SearchFailure): boolean {
  return code === 'ENAMETOOLONG' && process.platform === 'linux' && path.includes('/') && !path.includes('\uFFFD');
}

/** Takes the paths out that lie in one folder: one run reaches them all. */
function takeSiblings(paths: string[]): { readonly folder: string; readonly names: readonly string[] } | undefined {
  const [first] = paths;
  if (first === undefined) return undefined;
  const folder = first.slice(0, first.lastIndexOf('/'));
  const isSibling = (path: string): boolean => path.slice(0, path.lastIndexOf('/')) === folder;
  const names = paths.filter(isSibling).map((path) => path.slice(folder.length + 1));
  paths.splice(0, Infinity, ...paths.filter((path) => !isSibling(path)));
  return { folder, names };
}
