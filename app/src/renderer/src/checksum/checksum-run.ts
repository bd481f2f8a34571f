import type { ChecksumRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { Run } from '../run/use-run.ts';
import type { ChecksumResult } from './checksum-task.ts';
import type { ChecksumTally } from './checksum-tally.ts';

/** State of a checksum in the window. */
export type ChecksumRunState = RunState<ChecksumRequest, ChecksumTally, ChecksumResult>;

/** State of a checksum, with the functions that start and cancel it. */
export type ChecksumRun = Run<ChecksumRequest, ChecksumTally, ChecksumResult>;
