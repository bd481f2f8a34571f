import { expect, test } from 'vitest';
import { taskProgress } from '../../../src/renderer/src/progress/task-progress.ts';
import type { RunState } from '../../../src/renderer/src/run/run-state.ts';

const idle = { status: 'idle' } as const;

test('without a running task there is none', () => {
  expect(taskProgress([])).toBe(null);
  expect(taskProgress([idle, { status: 'cancelled', runId: 1, input: null, progress: {} }])).toBe(null);
});

test('it is the part of the bytes, or of the files where there are no bytes, in hundredths', () => {
  expect(taskProgress([running({ filesDone: 1, filesTotal: 2, bytesDone: 129, bytesTotal: 1_000 }), idle])).toBe(0.12);
  expect(taskProgress([running({ filesDone: 1, filesTotal: 2, bytesDone: 0, bytesTotal: 0 })])).toBe(0.5);
  expect(taskProgress([running({ filesDone: 3, filesTotal: 2 })])).toBe(1);
});

test('of several tasks it is the mean, and unknown where one does not know', () => {
  expect(taskProgress([running({ filesDone: 1, filesTotal: 2 }), running({ filesDone: 0, filesTotal: 9 })])).toBe(0.25);
  expect(taskProgress([running({ filesDone: 1, filesTotal: 2 }), running({ filesDone: 5 })])).toBe(2);
  expect(taskProgress([{ status: 'running', runId: 1, input: null, startedAt: 0, progress: {} }])).toBe(2);
});

function running(latest: object): RunState<unknown, object, unknown> {
  return { status: 'running', runId: 1, input: null, startedAt: 0, progress: { latest } };
}
