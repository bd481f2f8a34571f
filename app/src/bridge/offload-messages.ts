/** Where a job runs. */
export type OffloadPlace = 'main' | 'sidecars';

/** What the main process does at a time of the comparison: nothing heavy while the sidecars start. */
export type OffloadStep = 'starting' | OffloadPlace;

/** How late the main process's event loop was, for what became due at a time. */
export interface DelaySample {
  /** Milliseconds since the measurement began. */
  readonly at: number;
  /** Milliseconds until it was dealt with. */
  readonly delay: number;
}

/** What the job did to the main process in one place. */
export interface OffloadFigures {
  readonly samples: readonly DelaySample[];
  /** Milliseconds within which 99 of 100 events were dealt with. */
  readonly p99: number;
  readonly longest: number;
  /** Numbers that were tested, a second. */
  readonly perSecond: number;
  /** How many processes worked. */
  readonly processes: number;
}

/** Both, on the same job. */
export interface OffloadResult {
  readonly main: OffloadFigures;
  readonly sidecars: OffloadFigures;
}
