import type { SearchInput, SearchMatch } from '@ipc-link/shared/contracts/files';
import { checkRoot } from './check-root.ts';
import { FilesError, invalidPatternError } from './errors.ts';
import { toText } from './raw-path.ts';
import type { SearchProtocol } from './search/messages.ts';
import { compilePattern } from './search/pattern.ts';
import { Thread } from './thread/thread.ts';

/** What the task needs of the handler's context. */
export interface SearchContext {
  readonly signal: AbortSignal;
  /** Hears of every file and folder that could not be read, as `grep` says it on stderr. */
  readonly log?: { warn(message: string, fields?: object): void } | undefined;
}

/**
 * Every match of a text or regular expression in the text files below `root`: files in the byte order of their paths,
 * then by line, then by column; several matches of one line too. Files with a NUL byte in their first 8 KiB are binary
 * and skipped.
 *
 * The work is done in a thread that reads on only when the reader asks for more. When the reader stops, the thread is
 * ended and its file closed; so is a regular expression that never comes back.
 *
 * Lines end in `\n` or `\r\n`. A line longer than 1 Mi characters is searched in overlapping pieces, in which matches of
 * up to 64 Ki characters are found exactly; see `search/search-text.ts`.
 *
 * @throws FilesError `ERR_INVALID_PATTERN`: `pattern` is no regular expression.
 * @throws FilesError `ENOENT`, `ENOTDIR`, `EACCES`, another system code or `ERR_ROOT_NOT_ABSOLUTE`: the root can't be read.
 * @throws FilesError `ERR_FILES_THREAD`: the thread died.
 * @throws The signal's reason, at once.
 */
export async function* search(input: SearchInput, context: SearchContext): AsyncGenerator<SearchMatch, void, void> {
  const { signal, log } = context;
  signal.throwIfAborted();
  compilePattern(input);
  await checkRoot(input.root, signal);
  const entry = new URL('./search/search-worker.js', import.meta.url);
  const thread = new Thread<SearchProtocol>({ entry, data: input, signal });
  try {
    for (let done = false; !done;) {
      const batch = await thread.ask('next').catch((error: unknown) => rethrow(error, input.pattern));
      for (const { path, code, reason } of batch.failures)
        log?.warn(`search skipped '${toText(path)}': ${reason}`, { path: toText(path), code });
      for (const match of batch.matches) {
        signal.throwIfAborted();
        yield match;
      }
      done = batch.done;
    }
  } finally {
    await thread.close();
  }
}

/** An expression may turn out too large for the engine only where it is first used, in the thread. */
function rethrow(error: unknown, pattern: string): never {
  if (error instanceof FilesError && error.cause instanceof SyntaxError)
    throw invalidPatternError(pattern, error.cause);
  throw error;
}
