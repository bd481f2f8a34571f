import type { Random } from './random.mjs';

/** Bytes of a case: hexadecimal digits, or digits that are repeated, so that a file stays short. */
export type Chunk = string | { readonly repeat: string; readonly times: number };

/** One attack. Files in `cases/` hold one each. */
export interface Case {
  readonly name: string;
  /** `open` has no secret, `locked` has one; `wide` is open and has the limits that a Server has by default. */
  readonly target: 'open' | 'locked' | 'wide';
  /**
   * What precedes the bytes. `bytes`: nothing. `hello`: our hello and its welcome. `established`: a whole handshake.
   * `answering` and `answered`: the same two where the target connects to us and has a request waiting.
   */
  readonly stage: 'bytes' | 'hello' | 'established' | 'answering' | 'answered';
  /** Replaces fields of our hello or welcome. */
  readonly said?: Readonly<Record<string, unknown>>;
  /** Whether the attacker knows the secret of `locked`. */
  readonly knowsSecret?: boolean;
  readonly chunks: readonly Chunk[];
  /** Whether the attacker reads what comes back. */
  readonly reads: boolean;
  /** `wait` leaves the connection to the target, `end` writes no more, `destroy` is gone at once. */
  readonly finish: 'wait' | 'end' | 'destroy';
  /** The code that the target's goodbye must have; without it any answer and none are fine. */
  readonly goodbye?: string;
}

/** What is wrong, and with which case. */
export interface Finding {
  readonly problem: string;
  readonly case?: Case;
}

/** How a run ended. */
export interface FuzzReport {
  readonly seed: number;
  readonly cases: number;
  readonly replayed: number;
  /** Replies that the good client got meanwhile. */
  readonly goodReplies: number;
  /** Goodbyes by their code, `none` where the connection was closed without one. */
  readonly goodbyes: Readonly<Record<string, number>>;
  /** Largest memory of the targets, in bytes. */
  readonly peakRss: number | null;
  readonly findings: readonly Finding[];
}

/** What a chaos scenario works with. */
export interface Context {
  readonly random: Random;
  /** Whether it is one of the quick ones in `npm test`. */
  readonly isShort: boolean;
  /** Whether the time, or in a short run the number of turns, is over. */
  readonly isOver: (turns: number) => boolean;
  /** A folder for sockets, with its closing slash, that is empty and stays its own. */
  readonly folder: string;
}

/** How a scenario ended. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

export interface Scenario {
  /** One line: what it does. */
  readonly about: string;
  /** How often it is done in a long run that is given no seconds. */
  readonly turns?: number;
  run(context: Context): Promise<Outcome>;
}
