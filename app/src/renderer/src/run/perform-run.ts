import { batchByFrame, type Schedule } from './batch-by-frame.ts';
import { isAbortError, toRunError } from './run-error.ts';
import type { RunAction } from './run-state.ts';

/** Work that the window can start, watch and cancel. */
export interface RunTask<Input, Progress, Result> {
  /** @returns The progress at the start. `at` is the time of the run's clock, in milliseconds. */
  begin(at: number): Progress;
  /** Does the work. It may report its progress as often as it likes: each report replaces the one before. */
  execute(
    input: Input,
    options: {
      readonly signal: AbortSignal;
      readonly startedAt: number;
      readonly report: (progress: Progress) => void;
    },
  ): Promise<Result>;
}

export interface RunContext<Input, Progress, Result> {
  readonly runId: number;
  readonly input: Input;
  readonly signal: AbortSignal;
  readonly dispatch: (action: RunAction<Input, Progress, Result>) => void;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  readonly schedule: Schedule;
}

/** Runs a task and dispatches its start, its progress and its end. Never rejects. */
export async function performRun<Input, Progress, Result>(
  task: RunTask<Input, Progress, Result>,
  { runId, input, signal, dispatch, now, schedule }: RunContext<Input, Progress, Result>,
): Promise<void> {
  const startedAt = now();
  dispatch({ type: 'started', runId, input, progress: task.begin(startedAt), at: startedAt });
  const reports = batchByFrame<Progress>((progress) => dispatch({ type: 'progressed', runId, progress }), schedule);
  try {
    const result = await task.execute(input, { signal, startedAt, report: reports.push });
    reports.flush();
    dispatch({ type: 'finished', runId, result, at: now() });
  } catch (error) {
    reports.flush();
    if (signal.aborted || isAbortError(error)) dispatch({ type: 'cancelled', runId });
    else dispatch({ type: 'failed', runId, error: toRunError(error) });
  }
}
