import type { OffloadFigures, OffloadResult, OffloadStep } from '../../../bridge/offload-messages.ts';
import { formatCount, formatCounted } from '../format/count.ts';
import type { OffloadRunState } from './offload-run.ts';

/** What happens in a step, and what it does to this window. */
export const stepTexts: Readonly<Record<OffloadStep, { readonly title: string; readonly text: string }>> = {
  starting: { title: 'Starting the sidecars', text: 'Nothing heavy happens yet.' },
  main: {
    title: 'The job runs in the main process',
    text: 'For a second and a half the main process can answer nobody: menus, dialogs and other windows wait, and Cancel waits too.',
  },
  sidecars: { title: 'The same job runs in sidecars', text: 'The main process is free.' },
};

/** Text of the status line. */
export function offloadStatus(state: OffloadRunState): string {
  switch (state.status) {
    case 'idle':
      return 'Ready to compare.';
    case 'running':
      return `${stepTexts[state.progress].title}.`;
    case 'done':
      return 'The comparison is done.';
    case 'failed':
      return 'The comparison failed.';
    case 'cancelled':
      return 'Cancelled.';
  }
}

export function offloadTitle(state: OffloadRunState): string | undefined {
  return state.status === 'running' ? 'Comparing' : undefined;
}

/** A delay for people: `0.4 ms`, `12 ms`, `2.0 s`. */
export function formatDelay(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A rate with the digits that are worth reading: `1.2 million`, `340,000`. */
export function formatNumbers(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} million`;
  return formatCount(Math.round(perSecond / 1_000) * 1_000);
}

/** The comparison in one sentence. */
export function summarizeOffload({ main, sidecars }: OffloadResult): string {
  const times = (sidecars.perSecond / main.perSecond).toFixed(1);
  return [
    `In the main process the job held up the whole app for ${formatDelay(main.longest)}.`,
    `In ${formatCounted(sidecars.processes, 'sidecar')} it got ${times} times as much done,`,
    `and the app was never held up for more than ${formatDelay(sidecars.longest)}.`,
  ].join(' ');
}

/** The figures of one place in words, for the chart's description. */
export function describeFigures({ p99, longest }: OffloadFigures): string {
  return `p99 ${formatDelay(p99)}, longest ${formatDelay(longest)}`;
}
