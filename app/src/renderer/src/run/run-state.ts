import type { RunError } from './run-error.ts';

/** State of a task in the window. */
export type RunState<Input, Progress, Result> =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      /** Distinguishes this run from earlier ones, whose late reports are ignored. */
      readonly runId: number;
      readonly input: Input;
      /** Time of the run's clock at its start, in milliseconds. */
      readonly startedAt: number;
      readonly progress: Progress;
    }
  | {
      readonly status: 'done';
      readonly runId: number;
      readonly input: Input;
      readonly durationMs: number;
      readonly result: Result;
    }
  | {
      readonly status: 'failed';
      readonly runId: number;
      readonly input: Input;
      readonly progress: Progress;
      readonly error: RunError;
    }
  | {
      readonly status: 'cancelled';
      readonly runId: number;
      readonly input: Input;
      readonly progress: Progress;
    };

/** Changes of a run. Each has the id of its run; those of an older run are ignored. */
export type RunAction<Input, Progress, Result> =
  | {
      readonly type: 'started';
      readonly runId: number;
      readonly input: Input;
      readonly progress: Progress;
      readonly at: number;
    }
  | { readonly type: 'progressed'; readonly runId: number; readonly progress: Progress }
  | { readonly type: 'finished'; readonly runId: number; readonly result: Result; readonly at: number }
  | { readonly type: 'failed'; readonly runId: number; readonly error: RunError }
  | { readonly type: 'cancelled'; readonly runId: number }
  | { readonly type: 'reset' };

/** @returns The next state. Actions that follow the end of their run are ignored. */
export function reduceRun<Input, Progress, Result>(
  state: RunState<Input, Progress, Result>,
  action: RunAction<Input, Progress, Result>,
): RunState<Input, Progress, Result> {
  if (action.type === 'reset') return { status: 'idle' };
  if (action.type === 'started') {
    const { runId, input, progress, at } = action;
    return { status: 'running', runId, input, progress, startedAt: at };
  }
  if (state.status !== 'running' || state.runId !== action.runId) return state;

  const { runId, input, progress } = state;
  switch (action.type) {
    case 'progressed':
      return { ...state, progress: action.progress };
    case 'finished':
      return { status: 'done', runId, input, result: action.result, durationMs: action.at - state.startedAt };
    case 'failed':
      return { status: 'failed', runId, input, progress, error: action.error };
    case 'cancelled':
      return { status: 'cancelled', runId, input, progress };
  }
}
