import type { FilesClient, ThumbnailsRequest } from '../api.ts';
import type { RunTask } from '../run/perform-run.ts';
import { ThumbnailLog, type ThumbnailTally } from './thumbnail-log.ts';

/** The thumbnails task as the window runs it. */
export function createThumbnailsTask(files: FilesClient): RunTask<ThumbnailsRequest, ThumbnailTally, ThumbnailTally> {
  return {
    begin: () => new ThumbnailLog().tally(),
    async execute(input, { signal, report }) {
      const log = new ThumbnailLog();
      for await (const item of files.thumbnails(input, { signal })) {
        log.add(item);
        report(log.tally());
      }
      // A cancelled stream may end without an error. An incomplete run must not look like a complete one.
      signal.throwIfAborted();
      return log.tally();
    },
  };
}
