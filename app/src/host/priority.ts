import { constants, setPriority } from 'node:os';
import type { ProcessPriority } from './types.ts';

const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;

/** On Unix these are the nice values 0, 10 and 19, on Windows its priority classes. */
const values: Readonly<Record<ProcessPriority, number>> = {
  normal: PRIORITY_NORMAL,
  'below-normal': PRIORITY_BELOW_NORMAL,
  low: PRIORITY_LOW,
};

export const priorities: readonly string[] = Object.keys(values);

/**
 * Lowers the priority of a process that has just been started. The threads that it starts from then on have it as well.
 *
 * @param pid undefined for a process of another machine, which stays as it is.
 * @throws Error of the system, unless the process has ended already: its exit tells that.
 */
export function lowerPriority(pid: number | undefined, priority: ProcessPriority): void {
  if (priority === 'normal' || pid === undefined) return;
  try {
    setPriority(pid, values[priority]);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'info' in error && Object(error.info).code === 'ESRCH';
}
