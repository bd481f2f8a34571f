import type { VerifyRequest } from '../api.ts';
import type { RunState } from '../run/run-state.ts';
import type { VerifyTally } from './verify-log.ts';

/** State of a comparison in the window. */
export type VerifyRunState = RunState<VerifyRequest, VerifyTally, VerifyTally>;
