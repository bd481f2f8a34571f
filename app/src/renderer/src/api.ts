import type {
  ChecksumAlgorithm,
  ManifestItem,
  SearchItem,
  SearchOptions,
  ThumbnailItem,
  VerifyItem,
} from '#contracts/files';

import type { OffloadResult, OffloadStep } from '../../bridge/offload-messages.ts';

/** State of a sidecar's process, as docs/SIDECARS.md describes them. */
export type SidecarLife =
  'starting' | 'spare' | 'ready' | 'unresponsive' | 'draining' | 'stopped' | 'crashed' | 'backoff' | 'failed';

/** One report on a sidecar. */
export interface SidecarState {
  readonly name: string;
  readonly state: SidecarLife;
  /** The process id, while there is a process. */
  readonly pid?: number;
  /** How often it was restarted since the app started. */
  readonly restarts: number;
  /** A sentence for the user, such as how the process ended. */
  readonly detail?: string;
}

/** A line and column in a file of a folder. */
export interface FilePlace {
  /** Relative to the folder. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The object that the preload exposes to the page: functions, plain values and promises. */
export interface AppBridge {
  /** `process.platform` of the app, for the names of shortcuts. */
  readonly platform: string;
  /** Opens the folder dialog. Resolves with the absolute path, or `null` when the user cancelled it. */
  chooseFolder(): Promise<string | null>;
  /** Opens a file dialog. Resolves with the absolute path, or `null` when the user cancelled it. */
  chooseManifest(): Promise<string | null>;
  /** Resolves with the absolute path of a dropped folder or file. A file counts as a manifest. */
  acceptDropped(file: File): Promise<{ readonly kind: 'folder' | 'manifest'; readonly path: string }>;
  /** Opens a file at its line and column, both from 1, in the user's editor. @param root A folder that was chosen. */
  openInEditor(root: string, place: FilePlace): Promise<void>;
  /** Opens the save dialog and writes the bytes. Resolves with the path, or `null` when the user cancelled it. */
  saveManifest(manifest: Uint8Array, suggestedName: string): Promise<string | null>;
  /** Shows the progress of the running tasks on the task bar: 0 to 1, more than 1 for an unknown amount, `null` for none. */
  reportProgress(progress: number | null): void;
  /** Tells how a task ended. Where it took long and the window isn't seen, the user is notified. */
  reportEnd(text: string): void;
  /** Calls back with the name of each action that is chosen in the menu. Returns a function that stops it. */
  onMenuAction(listener: (action: string) => void): () => void;
  /** Runs the same job in the main process and then in sidecars. Resolves with what each did to the main process. */
  runOffload(): Promise<OffloadResult>;
  /** Ends the comparison, as soon as the main process can do that; `runOffload` rejects. */
  cancelOffload(): Promise<void>;
  /** Calls back with each step of the comparison. Returns a function that stops it. */
  onOffloadStep(listener: (step: OffloadStep) => void): () => void;
  /** Resolves as soon as the main process can answer. */
  ping(): Promise<void>;
  /** Calls back with each sidecar's present state, and then with every change. Returns a function that stops it. */
  onSidecarState(listener: (state: SidecarState) => void): () => void;
}

/** Input of a checksum in the window. */
export interface ChecksumRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly algorithm: ChecksumAlgorithm;
}

/** Input of a comparison in the window. */
export interface VerifyRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Absolute path of the manifest. */
  readonly manifest: string;
}

/** Input of a search in the window. */
export interface SearchRequest extends SearchOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly pattern: string;
  readonly regex: boolean;
}

/** Input of thumbnails in the window. */
export interface ThumbnailsRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Longest side, in pixels. */
  readonly size: number;
  /** Whether the images of the folders inside are taken too. */
  readonly recursive: boolean;
  /** In the order of the paths, or each as soon as it is made. */
  readonly sort: 'path' | 'none';
}

/** Options of a stream. */
export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/** The operations of the `files` sidecar that the window may call. */
export interface FilesClient {
  manifest(input: ChecksumRequest, options: ReadOptions): AsyncIterable<ManifestItem>;
  verify(
    input: VerifyRequest & { readonly listNew: boolean; readonly onlyBelowRoot: true },
    options: ReadOptions,
  ): AsyncIterable<VerifyItem>;
  search(input: SearchRequest, options: ReadOptions): AsyncIterable<SearchItem>;
  /** @param input.images Only these, relative to the folder. @default all */
  thumbnails(
    input: ThumbnailsRequest & { readonly images?: readonly (string | Uint8Array)[] },
    options: ReadOptions,
  ): AsyncIterable<ThumbnailItem>;
}

/** The window's typed clients, by contract. */
export interface Sidecars {
  readonly files: FilesClient;
}
