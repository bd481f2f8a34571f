import type { ChecksumInput, ChecksumOutput, ChecksumProgress } from '@ipc-link/shared/contracts/files';
import type { SearchInput, SearchMatch } from '@ipc-link/shared/contracts/files';

/** Where a sidecar is in its life; see "Sidecars under supervision" in the design. */
export type SidecarLife =
  'starting' | 'ready' | 'unresponsive' | 'draining' | 'stopped' | 'crashed' | 'backoff' | 'failed';

/** One report on a sidecar. */
export interface SidecarState {
  readonly name: string;
  readonly state: SidecarLife;
  /** The process id, while there is a process. */
  readonly pid?: number;
  /** How often it was restarted since the app started. */
  readonly restarts: number;
  /** A sentence for people, such as how it ended. */
  readonly detail?: string;
}

/** All that the preload exposes: functions, plain values and promises. */
export interface AppBridge {
  /** `process.platform` of the app, for the names of shortcuts. */
  readonly platform: string;
  /** Opens the folder dialog; resolves with the absolute path, or `null` when it was cancelled. */
  chooseFolder(): Promise<string | null>;
  /** Resolves with the absolute path of a dropped folder; rejects when what was dropped is not a folder. */
  acceptDroppedFolder(file: File): Promise<string>;
  /** Opens the save dialog and writes the bytes; resolves with the path, or `null` when it was cancelled. */
  saveManifest(manifest: Uint8Array, suggestedName: string): Promise<string | null>;
  /** Calls back with each sidecar's present state at once, then with every change; returns how to stop that. */
  onSidecarState(listener: (state: SidecarState) => void): () => void;
}

/** The tasks of the `files` sidecar, as the window may call them. */
export interface FilesClient {
  checksum(
    input: ChecksumInput,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ChecksumProgress) => void },
  ): Promise<ChecksumOutput>;
  search(input: SearchInput, options: { readonly signal?: AbortSignal }): AsyncIterable<SearchMatch>;
}

/** The typed clients that the window works with, by sidecar. */
export interface Sidecars {
  readonly files: FilesClient;
}
