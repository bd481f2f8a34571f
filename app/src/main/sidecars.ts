import { files } from '@ipc-link/shared/contracts/files';
import { type LogEntry, resolveSidecar, SidecarHost } from '../host/index.ts';
import { utilityLauncher } from '../host/utility.ts';

/** The app's helper processes. All heavy work is theirs. */
export function createHost(): SidecarHost {
  const entry = resolveSidecar('@ipc-link/sidecar/entry', { from: import.meta.url });
  return new SidecarHost({
    // No retries: whoever started a task by hand is told that it failed, and decides.
    sidecars: { files: { contract: files, entry, launcher: utilityLauncher(), concurrency: 4, retries: 0 } },
    log: printLog,
  });
}

/** What sidecars complain about is for the user too: a file that could not be searched, say. */
function printLog({ level, instance, message }: LogEntry): void {
  if (level === 'warn' || level === 'error') process.stderr.write(`${instance}: ${message}\n`);
}
