import type { RunState } from '../run/run-state.ts';
import { toPercent } from './fraction.ts';

/** Stands for an unknown amount of work. */
const UNKNOWN = 2;

/**
 * How far the running tasks are together, from 0 to 1 in steps of a hundredth; 2 where one can't tell, `null` where none runs.
 *
 * Those that count files (or bytes) have the counts in `latest` of their progress.
 */
export function taskProgress(states: readonly RunState<unknown, TaskProgress, unknown>[]): number | null {
  const fractions = states.flatMap((state) => (state.status === 'running' ? [fractionOf(state.progress)] : []));
  if (fractions.length === 0) return null;
  const sum = fractions.reduce((total, fraction) => total + fraction, 0);
  return fractions.includes(UNKNOWN) ? UNKNOWN : toPercent(sum / fractions.length) / 100;
}

/** What a task tells of its progress: an object, with counts or without, or the name of a step. */
export type TaskProgress = object | string;

interface Counts {
  readonly filesDone?: number;
  readonly filesTotal?: number;
  readonly bytesDone?: number;
  readonly bytesTotal?: number;
}

function fractionOf(progress: TaskProgress): number {
  return typeof progress === 'string' ? UNKNOWN : fractionOfCounts(progress);
}

function fractionOfCounts(progress: { readonly latest?: Counts }): number {
  const { filesDone = 0, filesTotal = 0, bytesDone = 0, bytesTotal = 0 } = progress.latest ?? {};
  const [done, total] = bytesTotal > 0 ? [bytesDone, bytesTotal] : [filesDone, filesTotal];
  return total > 0 ? Math.min(1, done / total) : UNKNOWN;
}
