import type { FilesClient, SearchRequest } from '../api.ts';
import type { RunTask } from '../run/perform-run.ts';
import { MatchLog, type SearchTally } from './match-log.ts';

/** How long matches may be taken in before the window gets its turn, in milliseconds. */
const sliceMs = 8;

export interface SearchTaskOptions {
  /** The run's clock in milliseconds. */
  readonly now: () => number;
  /** Resolves after the window has had its turn. */
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
      // A stream may also just end when it is cancelled; what it left out must not look like nothing found.
      signal.throwIfAborted();
      return log.tally();
    },
  };
}
