import type { FilesClient, SearchRequest } from '../api.ts';
import type { RunTask } from '../run/perform-run.ts';
import { MatchLog, type SearchTally } from './match-log.ts';

/** Time for which hits are added before the window may paint and handle input, in milliseconds. */
const sliceMs = 8;

export interface SearchTaskOptions {
  /** The run's clock in milliseconds. */
  readonly now: () => number;
  /** Resolves after the window could paint and handle input. */
  readonly yieldToWindow: () => Promise<void>;
}

/** The search task as the window runs it. */
export function createSearchTask(
  files: FilesClient,
  { now, yieldToWindow }: SearchTaskOptions,
): RunTask<SearchRequest, SearchTally, SearchTally> {
  return {
    begin: () => new MatchLog().tally(),
    async execute(input, { signal, startedAt, report }) {
      const log = new MatchLog();
      let sliceStart = startedAt;
      for await (const item of files.search(input, { signal })) {
        log.add(item);
        report(log.tally());
        if (now() - sliceStart < sliceMs) continue;
        await yieldToWindow();
        sliceStart = now();
      }
      // A cancelled stream may end without an error. An incomplete search must not look like a complete one.
      signal.throwIfAborted();
      return log.tally();
    },
  };
}
