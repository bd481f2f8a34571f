import { useEffect, useRef } from 'react';
import type { AppBridge } from '../api.ts';
import { type TaskProgress, taskProgress } from '../progress/task-progress.ts';
import type { RunState } from '../run/run-state.ts';

type States = Readonly<Record<string, RunState<unknown, TaskProgress, unknown>>>;

/**
 * Tells the main process how far the running tasks are, and how each ends that the user did not cancel.
 *
 * @param states The tasks by name.
 * @param texts What the status line says of each.
 */
export function useTaskReport(bridge: AppBridge, states: States, texts: Readonly<Record<string, string>>): void {
  const before = useRef<States>({});
  const progress = taskProgress(Object.values(states));

  // The end is told first: the main process takes the time from one report of no progress to the next.
  useEffect(() => {
    for (const [name, { status }] of Object.entries(states)) {
      const hasEnded = before.current[name]?.status === 'running' && (status === 'done' || status === 'failed');
      if (hasEnded) bridge.reportEnd(texts[name] ?? '');
    }
    before.current = states;
  });
  useEffect(() => bridge.reportProgress(progress), [bridge, progress]);
}
