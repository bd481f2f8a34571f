import type { VerifyRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { VerifyTally } from './verify-log.ts';

/** A comparison's life in the window. */
export type VerifyRunState = RunState<VerifyRequest, VerifyTally, VerifyTally>;
