import type { ChecksumRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { Run } from '../run/use-run.ts';
import type { ChecksumResult } from './checksum-task.ts';
import type { ChecksumTally } from './checksum-tally.ts';

/** A checksum's life in the window. */
export type ChecksumRunState = RunState<ChecksumRequest, ChecksumTally, ChecksumResult>;

/** The checksum's state and what can be done to it. */
export type ChecksumRun = Run<ChecksumRequest, ChecksumTally, ChecksumResult>;
