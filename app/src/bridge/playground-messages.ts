import type { Preview } from '../inspection/tick.ts';

export type { Preview };

/** Channels between the playground of a console's page and the main process. */
export const PlaygroundChannel = {
  operations: 'ipc-link-console:operations',
  send: 'ipc-link-console:send',
  cancel: 'ipc-link-console:cancel',
  play: 'ipc-link-console:play',
} as const;

/** How often the page hears of a run that goes on, in milliseconds. */
export const PLAY_MS = 100;

/** The most that one run may ask for. */
export const MOST_CALLS = 1_000_000;
export const MOST_IN_FLIGHT = 10_000;

/** A task or stream of the host's contracts. */
export interface PlayOperation {
  readonly contract: string;
  /** Its name within the contract. */
  readonly name: string;
  readonly kind: 'task' | 'stream';
  /** JSON Schema of its input; null where the validator doesn't give one. */
  readonly schema: unknown;
}

/** What the page asks for. */
export interface PlayRequest {
  readonly contract: string;
  readonly name: string;
  readonly input: unknown;
  /** How often; more than once, only the distribution is told. */
  readonly calls: number;
  /** How many of them at once. */
  readonly inFlight: number;
  /** Of each call, in milliseconds; null for the host's. */
  readonly timeout: number | null;
}

/** Why a call failed. */
export interface PlayProblem {
  /** A code, else the error's name. */
  readonly code: string;
  readonly message: string;
  /** What does not fit the contract, and where. */
  readonly issues: readonly PlayIssue[];
}

export interface PlayIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** Calls that took between so many milliseconds. */
export interface PlayBucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** What many calls come to. Latencies are milliseconds, of those that succeeded; null where none did. */
export interface PlayDistribution {
  readonly calls: number;
  readonly settled: number;
  readonly succeeded: number;
  readonly latency: {
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly max: number;
  } | null;
  readonly buckets: readonly PlayBucket[];
  /** The most frequent first. */
  readonly failures: readonly { readonly code: string; readonly count: number }[];
}

/** A run as it is at one time. */
export interface PlayState {
  readonly elapsedMs: number;
  readonly end: 'succeeded' | 'failed' | 'cancelled' | null;
  /** Reports of a task, and the newest of them. */
  readonly reports: { readonly count: number; readonly newest: Preview } | null;
  /** Items of a stream, and the newest of them, the oldest first. */
  readonly items: { readonly count: number; readonly bytes: number; readonly newest: readonly Preview[] } | null;
  readonly reply: Preview | null;
  readonly problem: PlayProblem | null;
  /** Of a run of more than one call; the rest is null then. */
  readonly distribution: PlayDistribution | null;
}
