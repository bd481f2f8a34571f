import type { Random } from './random.mjs';

/** Bytes of a case: hexadecimal digits, or digits with a number of repetitions. */
export type Chunk = string | { readonly repeat: string; readonly times: number };

/** One attack. Each file in `cases/` contains one. */
export interface Case {
  readonly name: string;
  /** `open` has no secret, and `locked` has one. `wide` has no secret and the default limits of a Server. */
  readonly target: 'open' | 'locked' | 'wide';
  /**
   * What precedes the bytes. `bytes`: nothing. `hello`: the attacker's hello and the target's welcome. `established`: a whole
   * handshake. `answering` and `answered`: the same two where the target connects to the attacker and waits for a reply.
   */
  readonly stage: 'bytes' | 'hello' | 'established' | 'answering' | 'answered';
  /** Fields that replace those of the attacker's hello or welcome. */
  readonly said?: Readonly<Record<string, unknown>>;
  /** Whether the attacker knows the secret of `locked`. */
  readonly knowsSecret?: boolean;
  readonly chunks: readonly Chunk[];
  /** Whether the attacker reads the target's bytes. */
  readonly reads: boolean;
  /** `wait` leaves the connection open, `end` ends the writing side, `destroy` closes the connection at once. */
  readonly finish: 'wait' | 'end' | 'destroy';
  /** The code that the target's goodbye must have. Without it any answer is allowed, and so is none. */
  readonly goodbye?: string;
}

/** A problem, and the case that caused it. */
export interface Finding {
  readonly problem: string;
  readonly case?: Case;
}

/** Result of a fuzz run. */
export interface FuzzReport {
  readonly seed: number;
  readonly cases: number;
  readonly replayed: number;
  /** Number of replies that the good client got. */
  readonly goodReplies: number;
  /** Number of goodbyes by code; `none` counts connections that were closed without one. */
  readonly goodbyes: Readonly<Record<string, number>>;
  /** Largest memory of a target, in bytes. */
  readonly peakRss: number | null;
  readonly findings: readonly Finding[];
}

/** The context that a chaos scenario runs in. */
export interface Context {
  readonly random: Random;
  /** Whether this is a short run, as in `npm test`. */
  readonly isShort: boolean;
  /** Whether the time is over, or in a short run the number of turns is reached. */
  readonly isOver: (turns: number) => boolean;
  /** An empty folder for the scenario's sockets, with its closing slash. */
  readonly folder: string;
}

/** Result of a scenario. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

export interface Scenario {
  /** Describes the scenario in one line. */
  readonly about: string;
  /** Number of turns of a long run without a duration. */
  readonly turns?: number;
  run(context: Context): Promise<Outcome>;
}
