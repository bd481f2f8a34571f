import type { ChecksumAlgorithm, FileIdentity, FolderPath } from '#contracts/files';
import type { Failure } from '../failure.ts';
import type { RawPath } from '../raw-path.ts';

/** Messages of the thread that lists the tree. It is asked for the next batch until one says that it is the last. */
export interface ListProtocol {
  readonly data: ListRequest;
  /** `count` counts files beyond those of the batches, to know the totals early. */
  readonly request: 'next' | 'count';
  readonly reply: ListBatch | TreeCount;
}

export interface ListRequest {
  readonly root: FolderPath;
  readonly paths?: readonly FolderPath[] | undefined;
  readonly outputs?: readonly FileIdentity[] | undefined;
  /** Whether the folders in the root are listed too. @default true */
  readonly recursive?: boolean | undefined;
  /** Ends of the names of the files to list, in lower case. Upper and lower case match each other. @default all files */
  readonly endings?: readonly string[] | undefined;
}

/** Messages of a thread that hashes batches of files. */
export interface HashProtocol {
  readonly data: {
    readonly root: FolderPath;
    readonly algorithms: readonly ChecksumAlgorithm[];
    readonly tag: boolean;
  };
  readonly request: readonly ListedFile[];
  readonly reply: HashedBatch;
  readonly event: HashEvent;
}

/** The next piece of the tree, in manifest order. */
export interface ListBatch {
  readonly files: readonly ListedFile[];
  readonly failures: readonly Failure[];
  /** Files that were left out because the manifest is written to them. */
  readonly leftOut: readonly RawPath[];
  /** Whether this is the last batch, after which no other may be requested. */
  readonly done: boolean;
}

/** Files and bytes of the tree that have been counted so far; of the whole tree where `done`. */
export interface TreeCount {
  readonly files: number;
  readonly bytes: number;
  readonly done: boolean;
}

export interface ListedFile {
  readonly path: RawPath;
  /** Size when it was listed, in bytes. */
  readonly size: number;
  /** Whether the caller named this path, so that a symlink is followed. @default false */
  readonly follow?: boolean;
}

/** The result of hashing a batch of files. */
export interface HashedBatch {
  /** The files' lines of the manifest, one character for each byte. */
  readonly lines: string;
  readonly files: number;
  /** Bytes read, including those of files that failed half-way. */
  readonly bytes: number;
  readonly failures: readonly Failure[];
}

/** What a hashing thread has done since its last event. */
export interface HashEvent {
  readonly files: number;
  readonly bytes: number;
  /** The file being read. */
  readonly path: RawPath;
}
