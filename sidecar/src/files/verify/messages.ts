import type { FolderPath, VerifiedFile } from '#contracts/files';
import type { HashEvent } from '../checksum/messages.ts';
import type { ManifestLine } from './parse-line.ts';

/** A thread that compares files with their lines: given one batch after the other. */
export interface VerifyProtocol {
  readonly data: { readonly root: FolderPath; readonly onlyBelowRoot: boolean };
  readonly request: readonly ManifestLine[];
  readonly reply: VerifiedBatch;
  readonly event: HashEvent;
}

/** What became of a batch of lines. */
export interface VerifiedBatch {
  /** One for each line, in order. */
  readonly files: readonly Comparison[];
  /** Bytes read. */
  readonly bytes: number;
}

export type Comparison = Pick<VerifiedFile, 'state' | 'reason'>;
