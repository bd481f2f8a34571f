import type { ChecksumAlgorithm, FileIdentity, FolderPath } from '#contracts/files';
import type { Failure } from '../failure.ts';
import type { RawPath } from '../raw-path.ts';

/** The thread that lists the tree: asked for the next batch again and again, until one is the last. */
export interface ListProtocol {
  readonly data: ListRequest;
  /** `count` runs ahead of the batches that were given, for the totals alone. */
  readonly request: 'next' | 'count';
  readonly reply: ListBatch | TreeCount;
}

export interface ListRequest {
  readonly root: FolderPath;
  readonly paths?: readonly FolderPath[] | undefined;
  readonly outputs?: readonly FileIdentity[] | undefined;
}

/** A thread that hashes: given one batch of files after the other. */
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
  /** Files that the manifest is written to. */
  readonly leftOut: readonly RawPath[];
  /** Whether the walk has ended; nothing more may be asked. */
  readonly done: boolean;
}

/** What the whole tree holds, as far as it was counted. */
export interface TreeCount {
  readonly files: number;
  readonly bytes: number;
  readonly done: boolean;
}

export interface ListedFile {
  readonly path: RawPath;
  /** Bytes when it was listed. */
  readonly size: number;
  /** Whether it was named by hand, so that a symlink stands for its target. @default false */
  readonly follow?: boolean;
}

/** What became of a batch of files. */
export interface HashedBatch {
  /** Their lines of the manifest, one character a byte. */
  readonly lines: string;
  readonly files: number;
  /** Bytes read, those of files that failed half-way too. */
  readonly bytes: number;
  readonly failures: readonly Failure[];
}

/** What a hashing thread did since it last said so. */
export interface HashEvent {
  readonly files: number;
  readonly bytes: number;
  /** The file being read. */
  readonly path: RawPath;
}
