import { runInNewContext } from 'node:vm';

export interface ForeignSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  readonly listeners: ReadonlySet<unknown>;
}

/** A signal that another realm has made, with what it has: no AbortSignal of this one, and no EventTarget. */
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
