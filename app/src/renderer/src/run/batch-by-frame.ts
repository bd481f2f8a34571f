/** Calls back when the window should next be brought up to date; returns how to call that off. */
export type Schedule = (callback: () => void) => () => void;

/** Passes on only the newest of the values that arrive between two frames. */
export interface FrameBatch<Value> {
  readonly push: (value: Value) => void;
  /** Passes on what is waiting, now. */
  readonly flush: () => void;
}

/** However fast values come in, `deliver` is called at most once a frame. */
export function batchByFrame<Value>(deliver: (value: Value) => void, schedule: Schedule): FrameBatch<Value> {
  let waiting: { readonly value: Value; readonly callOff: () => void } | undefined;

  function flush(): void {
    if (!waiting) return;
    const { value, callOff } = waiting;
    waiting = undefined;
    callOff();
    deliver(value);
  }

  return {
    push(value) {
      waiting = { value, callOff: waiting?.callOff ?? schedule(flush) };
    },
    flush,
  };
}

/** A hidden window gets no animation frames, so a timer stands in for them. */
const hiddenWindowMs = 250;

/** Schedules for the next animation frame. */
export const onNextFrame: Schedule = (callback) => {
  const frame = requestAnimationFrame(callback);
  const timer = setTimeout(callback, hiddenWindowMs);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
};
