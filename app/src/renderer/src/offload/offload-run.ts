import type { OffloadResult, OffloadStep } from '../../../bridge/offload-messages.ts';
import type { Run } from '../run/use-run.ts';
import type { RunState } from '../run/run-state.ts';

/** The comparison takes no input. */
export type OffloadRun = Run<null, OffloadStep, OffloadResult>;

export type OffloadRunState = RunState<null, OffloadStep, OffloadResult>;
