import { useEffect, useMemo, useReducer, useRef } from 'react';
import { onNextFrame } from './batch-by-frame.ts';
import { performRun, type RunTask } from './perform-run.ts';
import { reduceRun, type RunState } from './run-state.ts';

/** A task's state, with the functions that change it. */
export interface Run<Input, Progress, Result> {
  readonly state: RunState<Input, Progress, Result>;
  /** Starts a run. One that is still running is cancelled and replaced. */
  readonly start: (input: Input) => void;
  readonly cancel: () => void;
  /** Returns to idle. A run that is still running is cancelled. */
  readonly reset: () => void;
}

/** Runs a task at most once at a time. `task` must stay the same object from render to render. */
export function useRun<Input, Progress, Result>(task: RunTask<Input, Progress, Result>): Run<Input, Progress, Result> {
  const [state, dispatch] = useReducer(reduceRun<Input, Progress, Result>, { status: 'idle' });
  const active = useRef(new AbortController());
  const lastRunId = useRef(0);

  useEffect(() => () => active.current.abort(), []);

  const actions = useMemo(() => {
    const cancel = (): void => active.current.abort();
    const start = (input: Input): void => {
      cancel();
      active.current = new AbortController();
      lastRunId.current += 1;
      void performRun(task, {
        runId: lastRunId.current,
        input,
        signal: active.current.signal,
        dispatch,
        now: () => performance.now(),
        schedule: onNextFrame,
      });
    };
    const reset = (): void => {
      cancel();
      dispatch({ type: 'reset' });
    };
    return { start, cancel, reset };
  }, [task]);

  return { state, ...actions };
}
