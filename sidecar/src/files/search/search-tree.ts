import { closeSync } from 'node:fs';
import type { SearchMatch } from '@ipc-link/shared/contracts/files';
import { patternTooComplexError } from '../errors.ts';
import { describeFailure, type Failure } from '../failure.ts';
import { locateBelow, type RawPath, type SystemPath, toText } from '../raw-path.ts';
import { openRegularFile } from '../regular-file.ts';
import { walkFiles } from '../walk.ts';
import type { Pattern } from './pattern.ts';
import { readText } from './read-text.ts';
import { searchText } from './search-text.ts';

export type SearchStep =
  | { readonly kind: 'match'; readonly match: SearchMatch }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** Something was read in which nothing matched; a place to pause. */
  | { readonly kind: 'nothing' };

interface SearchOptions {
  readonly root: string;
  readonly pattern: Pattern;
  /** Where file contents are read to. */
  readonly buffer: Uint8Array;
}

/** Searches every text file below the root; a file or folder that can't be read is a failure, and the search goes on. */
export function* searchTree(options: SearchOptions): Generator<SearchStep, void, void> {
  const locate = locateBelow(options.root);
  for (const entry of walkFiles(options.root)) {
    if (entry.kind === 'failure') yield entry;
    else yield* searchFile(entry.path, locate(entry.path), options);
  }
}

function* searchFile(path: RawPath, systemPath: SystemPath, options: SearchOptions): Generator<SearchStep, void, void> {
  try {
    const fd = openRegularFile(systemPath);
    try {
      for (const found of searchText(readText(fd, options.buffer), options.pattern))
        yield found === undefined ? { kind: 'nothing' } : { kind: 'match', match: { path: toText(path), ...found } };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // The engine's backtracking outgrew its stack: https://github.com/v8/v8/blob/main/src/regexp/regexp-stack.h
    const cause = error instanceof RangeError ? patternTooComplexError() : error;
    yield { kind: 'failure', failure: describeFailure(path, cause) };
  }
}
