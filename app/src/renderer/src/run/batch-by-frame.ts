/** Calls back when the window should be updated next. Returns a function that cancels it. */
export type Schedule = (callback: () => void) => () => void;

/** Delivers only the newest of the values that arrive between two frames. */
export interface FrameBatch<Value> {
  readonly push: (value: Value) => void;
  /** Delivers the waiting value at once. */
  readonly flush: () => void;
}

/** Calls `deliver` at most once a frame, however fast values arrive. */
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

/** Interval in a hidden window, which gets no animation frames. */
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
