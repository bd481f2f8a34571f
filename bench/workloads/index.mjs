import { eventLoopDelay, eventLoopDelayOfBytes } from './event-loop-delay.mjs';
import { inFlight } from './in-flight.mjs';
import { oneMebibyte, quarterMebibyte, sixteenMebibytes, sixtyFourMebibytes } from './large-bytes.mjs';
import { recovery } from './recovery.mjs';
import { roundTrip } from './round-trip.mjs';
import { startUp } from './start-up.mjs';
import { windowBytes, windowRoundTrip, windowStream } from './window.mjs';
import { windowWakes } from './window-wakes.mjs';

/**
 * One slice of each workload, for so many milliseconds.
 *
 * @type {Readonly<Record<import('../types.d.ts').WorkloadName, (subject: import('../types.d.ts').Subject, milliseconds: number) => Promise<import('../types.d.ts').Figures>>>}
 */
export const workloads = {
  roundTrip,
  inFlight,
  quarterMebibyte,
  oneMebibyte,
  sixteenMebibytes,
  sixtyFourMebibytes,
  startUp,
  recovery,
  eventLoopDelay,
  eventLoopDelayOfBytes,
  windowRoundTrip,
  windowStream,
  windowBytes,
  windowWakes,
};
