import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../src/renderer/src/run/batch-by-frame.ts';
import { performRun, type RunTask } from '../../../src/renderer/src/run/perform-run.ts';
import type { RunAction } from '../../../src/renderer/src/run/run-state.ts';

type Task = RunTask<string, number, string>;
type Action = RunAction<string, number, string>;

const never: Schedule = () => () => {};

async function actionsOf(execute: Task['execute'], controller = new AbortController()): Promise<readonly Action[]> {
  const actions: Action[] = [];
  let clock = 0;
  await performRun<string, number, string>(
    { begin: (at) => at, execute },
    {
      runId: 3,
      input: 'photos',
      signal: controller.signal,
      dispatch: (action) => actions.push(action),
      now: () => (clock += 100),
      schedule: never,
    },
  );
  return actions;
}

describe('performRun', () => {
  test('starts at the present time and finishes with the result', async () => {
    expect(await actionsOf(async (input) => `manifest of ${input}`)).toEqual([
      { type: 'started', runId: 3, input: 'photos', progress: 100, at: 100 },
      { type: 'finished', runId: 3, result: 'manifest of photos', at: 200 },
    ]);
  });
  test('passes on the last report before the end, so that no count is left behind', async () => {
    const actions = await actionsOf(async (_input, { report }) => {
      report(1);
      report(2);
      return 'manifest';
    });
    expect(actions.map(({ type }) => type)).toEqual(['started', 'progressed', 'finished']);
    expect(actions[1]).toEqual({ type: 'progressed', runId: 3, progress: 2 });
  });
  test('tells a failure from a cancellation', async () => {
    const failed = await actionsOf(() => Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' })));
    expect(failed.at(-1)).toEqual({
      type: 'failed',
      runId: 3,
      error: { kind: 'folder-missing', code: 'ENOENT', message: 'gone' },
    });
    const cancelled = await actionsOf(() => Promise.reject(new DOMException('stop', 'AbortError')));
    expect(cancelled.at(-1)).toEqual({ type: 'cancelled', runId: 3 });
  });
  test('whatever goes wrong after a cancel is the cancel', async () => {
    const controller = new AbortController();
    const actions = await actionsOf(async (_input, { report }) => {
      report(7);
      controller.abort();
      throw new Error('the stream was closed');
    }, controller);
    expect(actions.slice(1)).toEqual([
      { type: 'progressed', runId: 3, progress: 7 },
      { type: 'cancelled', runId: 3 },
    ]);
  });
  test('a task that throws at once fails like any other', async () => {
    const actions = await actionsOf(() => {
      throw new Error('broken');
    });
    expect(actions.at(-1)).toMatchObject({ type: 'failed', error: { message: 'broken' } });
  });
});
