import { expect, test } from 'vitest';
import { collectBatch } from '../../../src/files/search/collect-batch.ts';
import type { SearchStep } from '../../../src/files/search/search-tree.ts';

const match: SearchStep = { kind: 'match', match: { path: 'f', line: 1, column: 1, text: 'x' } };
const failure: SearchStep = { kind: 'failure', failure: { path: 'f', code: 'EIO', reason: 'i/o error' } };
const nothing: SearchStep = { kind: 'nothing' };

function* stepsOf(steps: readonly SearchStep[]): Generator<SearchStep, void, void> {
  yield* steps;
}

test('a batch holds 256 entries at most, and the last one says so', () => {
  const steps = stepsOf(Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? match : failure)));
  expect(collectBatch(steps, () => 0)).toMatchObject({
    matches: { length: 128 },
    failures: { length: 128 },
    done: false,
  });
  expect(collectBatch(steps, () => 0)).toMatchObject({ matches: { length: 22 }, failures: { length: 22 }, done: true });
});

test('a match does not wait for the next one for ever', () => {
  let ms = 0;
  const steps = stepsOf([nothing, nothing, nothing, match, nothing, nothing, nothing, match]);
  expect(collectBatch(steps, () => (ms += 10))).toMatchObject({ matches: { length: 1 }, done: false });
});
