import { files } from '#contracts/files';
import { resolveSidecar, SidecarHost } from '../host/index.ts';
import { utilityLauncher } from '../host/utility.ts';
import { printLog } from './print-line.ts';

/** The app's helper processes. All heavy work is theirs. */
export function createHost(): SidecarHost {
  const entry = resolveSidecar('#sidecar/entry', { from: import.meta.url });
  return new SidecarHost({
    // No retries: whoever started a task by hand is told that it failed, and decides.
    sidecars: { files: { contract: files, entry, launcher: utilityLauncher(), concurrency: 4, retries: 0 } },
    log: (line) => printLog(line),
  });
}
