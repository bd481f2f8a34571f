import { files } from '#contracts/files';
import { resolveSidecar, SidecarHost } from '../host/index.ts';
import { utilityLauncher } from '../host/utility.ts';
import { printLog } from './print-line.ts';

/** Creates the host of the app's helper processes, which do all heavy work. */
export function createHost(): SidecarHost {
  const entry = resolveSidecar('#sidecar/entry', { from: import.meta.url });
  return new SidecarHost({
    sidecars: {
      files: {
        contract: files,
        entry,
        launcher: utilityLauncher(),
        // The window comes first.
        priority: 'below-normal',
        concurrency: 4,
        // A user who started a task by hand sees that it failed and decides whether to start it again.
        retries: 0,
      },
    },
    log: (line) => printLog(line),
  });
}
