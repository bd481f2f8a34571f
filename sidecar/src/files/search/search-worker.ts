import { answerRequests } from '../thread/answer-requests.ts';
import { collectBatch } from './collect-batch.ts';
import type { SearchProtocol } from './messages.ts';
import { compilePattern } from './pattern.ts';
import { searchTree } from './search-tree.ts';

/** Fits the second-level cache of common processors. */
const BUFFER_BYTES = 256 * 1024;

answerRequests<SearchProtocol>((input) => {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const steps = searchTree({ root: input.root, pattern: compilePattern(input), buffer });
  return () => collectBatch(steps, () => performance.now());
});
