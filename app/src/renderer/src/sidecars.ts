import type { FilesContract } from '#contracts/files';
import { connectSidecars, type Sidecars } from 'ipc-link/window';

/** Connects to the app's sidecars; resolves with their typed clients. */
export function connect(): Promise<Sidecars<{ files: FilesContract }>> {
  return connectSidecars<{ files: FilesContract }>();
}
