import type { Output } from '../terminal/output.ts';
import type { Paint } from './text/paint.ts';

/** What the commands share: where they write to, and what ends them. */
export interface CliContext {
  /** Results. */
  readonly out: Output;
  /** Whatever else is for people. */
  readonly err: Output;
  /** Writes to `err` from an event: progress and log lines, which are lost when nobody reads them. */
  readonly tell: (text: string) => void;
  /** Colours for `out`. */
  readonly paint: Paint;
  /** Aborted by Ctrl-C and the other signals that end a program, and when the reader of stdout has gone. */
  readonly interrupt: AbortSignal;
}
