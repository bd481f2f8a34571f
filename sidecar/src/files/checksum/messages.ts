import type { ChecksumAlgorithm } from '@ipc-link/shared/contracts/files';
import type { Failure } from '../failure.ts';
import type { RawPath } from '../raw-path.ts';

/** The thread that lists the tree: asked again and again, until a batch is the last. */
export interface ListProtocol {
  readonly data: { readonly root: string };
  readonly request: 'next';
  readonly reply: ListBatch;
}

/** A thread that hashes: given one batch of files after the other. */
export interface HashProtocol {
  readonly data: { readonly root: string; readonly algorithm: ChecksumAlgorithm };
  readonly request: readonly ListedFile[];
  readonly reply: HashedBatch;
  readonly event: HashEvent;
}

/** The next piece of the tree, in manifest order. */
export interface ListBatch {
  readonly files: readonly ListedFile[];
  readonly failures: readonly Failure[];
  /** Whether the walk has ended; nothing more may be asked. */
  readonly done: boolean;
}
export interface ListedFile {
  readonly path: RawPath;
  /** Bytes when it was listed. */
  readonly size: number;
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
