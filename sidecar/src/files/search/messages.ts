import type { SearchInput, SearchMatch } from '@ipc-link/shared/contracts/files';
import type { Failure } from '../failure.ts';

/** The thread that searches: asked again and again, until a batch is the last. */
export interface SearchProtocol {
  readonly data: SearchInput;
  readonly request: 'next';
  readonly reply: SearchBatch;
}

/** What was found since the last batch. */
export interface SearchBatch {
  readonly matches: readonly SearchMatch[];
  readonly failures: readonly Failure[];
  /** Whether the whole tree has been searched; nothing more may be asked. */
  readonly done: boolean;
}
