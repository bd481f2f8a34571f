import type { ChecksumAlgorithm, ManifestItem, SearchItem, SearchOptions, VerifyItem } from '#contracts/files';

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

/** A place in a file of a folder. */
export interface FilePlace {
  /** Relative to the folder. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** All that the preload exposes: functions, plain values and promises. */
export interface AppBridge {
  /** `process.platform` of the app, for the names of shortcuts. */
  readonly platform: string;
  /** Opens the folder dialog; resolves with the absolute path, or `null` when it was cancelled. */
  chooseFolder(): Promise<string | null>;
  /** Opens a file dialog; resolves with the absolute path, or `null` when it was cancelled. */
  chooseManifest(): Promise<string | null>;
  /** Resolves with the absolute path of what was dropped: a folder, or a file, which is taken for a manifest. */
  acceptDropped(file: File): Promise<{ readonly kind: 'folder' | 'manifest'; readonly path: string }>;
  /** Opens a file at its line and column, both from 1, in the user's editor. @param root A folder that was chosen. */
  openInEditor(root: string, place: FilePlace): Promise<void>;
  /** Opens the save dialog and writes the bytes; resolves with the path, or `null` when it was cancelled. */
  saveManifest(manifest: Uint8Array, suggestedName: string): Promise<string | null>;
  /** Calls back with each sidecar's present state at once, then with every change; returns how to stop that. */
  onSidecarState(listener: (state: SidecarState) => void): () => void;
}

/** What the window asks a checksum of. */
export interface ChecksumRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly algorithm: ChecksumAlgorithm;
}

/** What the window asks a comparison of. */
export interface VerifyRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Absolute path of the manifest. */
  readonly manifest: string;
}

/** What the window asks a search of. */
export interface SearchRequest extends SearchOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly pattern: string;
  readonly regex: boolean;
}

/** How a stream is read. */
export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/** The tasks of the `files` sidecar, as the window may call them. */
export interface FilesClient {
  manifest(input: ChecksumRequest, options: ReadOptions): AsyncIterable<ManifestItem>;
  verify(
    input: VerifyRequest & { readonly listNew: boolean; readonly onlyBelowRoot: true },
    options: ReadOptions,
  ): AsyncIterable<VerifyItem>;
  search(input: SearchRequest, options: ReadOptions): AsyncIterable<SearchItem>;
}

/** The typed clients that the window works with, by sidecar. */
export interface Sidecars {
  readonly files: FilesClient;
}
