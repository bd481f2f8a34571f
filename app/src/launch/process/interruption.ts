import { constants } from 'node:os';

/** The reason of an abort that was caused by a signal of the system. */
export class Interruption extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.name = 'Interruption';
    this.signal = signal;
  }
}

export interface Interruptions extends Disposable {
  /** Aborts on the first signal, with an {@link Interruption} as reason. Later signals change nothing. */
  readonly interrupt: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts when the first of the signals that end a program arrives, until disposed. Later signals are ignored: under npm a
 * Ctrl-C arrives twice, from the terminal and from npm, and Electron ends without cleaning up at its second signal.
 */
export function watchInterruptions(): Interruptions {
  const controller = new AbortController();
  const abort = (signal: NodeJS.Signals): void => controller.abort(new Interruption(signal));
  for (const signal of SIGNALS) process.on(signal, abort);
  return {
    interrupt: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) process.off(signal, abort);
    },
  };
}

/** The exit code that shells use for a program that a signal has ended. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
