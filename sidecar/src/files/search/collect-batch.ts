import type { SearchMatch } from '@ipc-link/shared/contracts/files';
import type { Failure } from '../failure.ts';
import type { SearchBatch } from './messages.ts';
import type { SearchStep } from './search-tree.ts';

/** A batch goes out when it has this many entries, or when what it has is this old and the search is between two reads. */
const BATCH_ENTRIES = 256;
const BATCH_MS = 25;

/** Runs the search until there is a batch worth sending, or it ends. */
export function collectBatch(steps: Iterator<SearchStep, void, void>, now: () => number): SearchBatch {
  const matches: SearchMatch[] = [];
  const failures: Failure[] = [];
  const startedAt = now();
  for (let entries = 0; entries < BATCH_ENTRIES; entries = matches.length + failures.length) {
    if (entries > 0 && now() - startedAt >= BATCH_MS) break;
    const step = steps.next();
    if (step.done === true) return { matches, failures, done: true };
    if (step.value.kind === 'match') matches.push(step.value.match);
    if (step.value.kind === 'failure') failures.push(step.value.failure);
  }
  return { matches, failures, done: false };
}
