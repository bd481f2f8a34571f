/**
 * How long and how often. A generation is a fresh set of processes; a round is one slice of every workload for every
 * peer, interleaved, so that whatever else the machine does falls on all of them alike.
 *
 * @typedef {object} Plan
 * @property {Readonly<Record<import('./types.d.ts').Mode, { readonly generations: number, readonly rounds: number }>>} modes
 * @property {Readonly<Record<import('./types.d.ts').WorkloadName, number>>} sliceMs Length of a measured slice.
 * @property {Readonly<Partial<Record<import('./types.d.ts').WorkloadName, number>>>} leadInMs For how long each runs before its
 * slice is measured, so that what the slice before has left to be collected isn't counted as this one's.
 * @property {Readonly<Partial<Record<import('./types.d.ts').WorkloadName, number>>>} warmUpMs Length of a slice before the
 * first round, which isn't counted; workloads without one are not warmed up.
 * @property {number} filesRounds How often each work of the file tasks is done.
 * @property {number} appRounds How often the desktop app is started.
 * @property {number} warmUpCycles How often they all run before the first round.
 * @property {Readonly<Record<import('./types.d.ts').Mode, readonly import('./types.d.ts').WorkloadName[]>>} workloads
 */

/** @type {Plan} About half an hour, with files and app. */
const full = {
  modes: { pinned: { generations: 4, rounds: 4 }, unpinned: { generations: 3, rounds: 4 } },
  sliceMs: {
    roundTrip: 120,
    inFlight: 250,
    quarterMebibyte: 150,
    oneMebibyte: 250,
    sixteenMebibytes: 300,
    sixtyFourMebibytes: 400,
    startUp: 0,
    recovery: 0,
    eventLoopDelay: 1_000,
    eventLoopDelayOfBytes: 1_000,
    windowRoundTrip: 200,
    windowStream: 300,
    windowBytes: 200,
    windowWakes: 300,
  },
  leadInMs: {
    roundTrip: 60,
    inFlight: 100,
    quarterMebibyte: 60,
    oneMebibyte: 100,
    sixteenMebibytes: 100,
    sixtyFourMebibytes: 100,
    windowRoundTrip: 60,
    windowStream: 100,
    windowBytes: 60,
  },
  warmUpMs: {
    roundTrip: 150,
    inFlight: 800,
    quarterMebibyte: 100,
    oneMebibyte: 250,
    startUp: 0,
    recovery: 0,
    windowRoundTrip: 200,
    windowStream: 400,
    windowBytes: 100,
  },
  filesRounds: 9,
  appRounds: 9,
  warmUpCycles: 2,
  workloads: {
    pinned: [
      'roundTrip',
      'inFlight',
      'quarterMebibyte',
      'oneMebibyte',
      'sixteenMebibytes',
      'sixtyFourMebibytes',
      'startUp',
      'recovery',
      'windowRoundTrip',
      'windowStream',
      'windowBytes',
      'windowWakes',
    ],
    unpinned: [
      'roundTrip',
      'inFlight',
      'oneMebibyte',
      'eventLoopDelay',
      'eventLoopDelayOfBytes',
      'windowRoundTrip',
      'windowStream',
      'windowBytes',
    ],
  },
};

/** @type {Plan} Under 2 minutes. */
const quick = {
  modes: { pinned: { generations: 1, rounds: 3 }, unpinned: { generations: 1, rounds: 3 } },
  sliceMs: {
    ...full.sliceMs,
    roundTrip: 80,
    inFlight: 120,
    quarterMebibyte: 80,
    oneMebibyte: 120,
    sixteenMebibytes: 150,
    sixtyFourMebibytes: 200,
    eventLoopDelay: 400,
    eventLoopDelayOfBytes: 400,
    windowRoundTrip: 120,
    windowStream: 200,
    windowBytes: 120,
    windowWakes: 200,
  },
  leadInMs: {
    roundTrip: 40,
    inFlight: 60,
    quarterMebibyte: 40,
    oneMebibyte: 60,
    sixteenMebibytes: 60,
    sixtyFourMebibytes: 60,
    windowRoundTrip: 40,
    windowStream: 60,
    windowBytes: 40,
  },
  warmUpMs: {
    roundTrip: 100,
    inFlight: 400,
    quarterMebibyte: 60,
    oneMebibyte: 100,
    windowRoundTrip: 120,
    windowStream: 200,
    windowBytes: 60,
  },
  filesRounds: 3,
  appRounds: 2,
  warmUpCycles: 2,
  workloads: {
    pinned: full.workloads.pinned,
    // No budget is about round trips on all cores.
    unpinned: ['inFlight', 'oneMebibyte', 'eventLoopDelay', 'eventLoopDelayOfBytes'],
  },
};

/** @param {{ readonly isQuick: boolean }} options */
export function choosePlan({ isQuick }) {
  return isQuick ? quick : full;
}
