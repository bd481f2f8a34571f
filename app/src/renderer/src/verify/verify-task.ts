import type { FilesClient, VerifyRequest } from '../api.ts';
import type { RunTask } from '../run/perform-run.ts';
import { VerifyLog, type VerifyTally } from './verify-log.ts';

/** The comparison as the window runs it. */
export function createVerifyTask(files: FilesClient): RunTask<VerifyRequest, VerifyTally, VerifyTally> {
  return {
    begin: () => new VerifyLog().tally(),
    async execute(input, { signal, report }) {
      const log = new VerifyLog();
      const request = { ...input, listNew: true, onlyBelowRoot: true } as const;
      for await (const item of files.verify(request, { signal })) {
        log.add(item);
        report(log.tally());
      }
      // A cancelled stream may end without an error. An incomplete comparison must not look like a complete one.
      signal.throwIfAborted();
      return log.tally();
    },
  };
}
