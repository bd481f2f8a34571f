import type { FolderPath, VerifiedFile } from '#contracts/files';
import type { HashEvent } from '../checksum/messages.ts';
import type { ManifestLine } from './parse-line.ts';

/** Messages of a thread that compares batches of lines with their files. */
export interface VerifyProtocol {
  readonly data: { readonly root: FolderPath; readonly onlyBelowRoot: boolean };
  readonly request: readonly ManifestLine[];
  readonly reply: VerifiedBatch;
  readonly event: HashEvent;
}

/** The result of comparing a batch of lines. */
export interface VerifiedBatch {
  /** One result for each line, in order. */
  readonly files: readonly Comparison[];
  /** Bytes read. */
  readonly bytes: number;
}

export type Comparison = Pick<VerifiedFile, 'state' | 'reason'>;
