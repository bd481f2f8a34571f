import { describe, expect, test } from 'vitest';
import type { RunError } from '../../../src/renderer/src/run/run-error.ts';
import { reduceRun, type RunAction, type RunState } from '../../../src/renderer/src/run/run-state.ts';

type State = RunState<string, number, string>;
type Action = RunAction<string, number, string>;

const idle: State = { status: 'idle' };
const started: Action = { type: 'started', runId: 1, input: 'photos', progress: 0, at: 100 };
const error: RunError = { kind: 'other', code: undefined, message: 'why' };
const after = (...actions: readonly Action[]): State => actions.reduce<State>(reduceRun, idle);

describe('reduceRun', () => {
  test('a started run is running with its first progress', () => {
    expect(after(started)).toEqual({ status: 'running', runId: 1, input: 'photos', progress: 0, startedAt: 100 });
  });
  test('a report replaces the progress', () => {
    expect(after(started, { type: 'progressed', runId: 1, progress: 7 })).toMatchObject({
      status: 'running',
      progress: 7,
    });
  });
  test('a finished run has its result and how long it took', () => {
    const state = after(started, { type: 'finished', runId: 1, result: 'manifest', at: 350 });
    expect(state).toEqual({ status: 'done', runId: 1, input: 'photos', result: 'manifest', durationMs: 250 });
  });
  test('a failed run keeps how far it came', () => {
    const state = after(started, { type: 'progressed', runId: 1, progress: 7 }, { type: 'failed', runId: 1, error });
    expect(state).toEqual({ status: 'failed', runId: 1, input: 'photos', progress: 7, error });
  });
  test('a cancelled run keeps how far it came', () => {
    const state = after(started, { type: 'progressed', runId: 1, progress: 7 }, { type: 'cancelled', runId: 1 });
    expect(state).toEqual({ status: 'cancelled', runId: 1, input: 'photos', progress: 7 });
  });
  test('a run that was replaced can no longer report, finish or fail', () => {
    const replaced = after(started, { ...started, runId: 2, input: 'music' });
    const late: readonly Action[] = [
      { type: 'progressed', runId: 1, progress: 7 },
      { type: 'finished', runId: 1, result: 'manifest', at: 350 },
      { type: 'failed', runId: 1, error },
      { type: 'cancelled', runId: 1 },
    ];
    for (const action of late) expect(reduceRun(replaced, action)).toBe(replaced);
  });
  test('a run ends once', () => {
    const done = after(started, { type: 'finished', runId: 1, result: 'manifest', at: 350 });
    expect(reduceRun(done, { type: 'progressed', runId: 1, progress: 7 })).toBe(done);
    expect(reduceRun(done, { type: 'cancelled', runId: 1 })).toBe(done);
  });
  test('a reset forgets everything', () => expect(after(started, { type: 'reset' })).toEqual(idle));
});
