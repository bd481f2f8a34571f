import { runInNewContext } from 'node:vm';

export interface ForeignSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  readonly listeners: ReadonlySet<unknown>;
}

/** Creates an abort signal in another realm. It is no instance of this realm's AbortSignal or EventTarget. */
export function createForeignSignal(): ForeignSignal {
  return runInNewContext(`
    const listeners = new Set();
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener(type, listener) { if (type === 'abort') listeners.add(listener); },
      removeEventListener(type, listener) { listeners.delete(listener); },
    };
    const abort = (reason) => {
      Object.assign(signal, { aborted: true, reason });
      for (const listener of listeners) listener({ type: 'abort' });
    };
    ({ signal, abort, listeners });
  `);
}
