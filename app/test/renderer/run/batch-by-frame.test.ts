import { describe, expect, test } from 'vitest';
import { batchByFrame, type Schedule } from '../../../src/renderer/src/run/batch-by-frame.ts';

/** Frames that come when the test says so. */
function createFrames(): { readonly schedule: Schedule; readonly next: () => void } {
  let callbacks: (() => void)[] = [];
  return {
    schedule(callback) {
      callbacks.push(callback);
      return () => {
        callbacks = callbacks.filter((each) => each !== callback);
      };
    },
    next() {
      for (const callback of callbacks.splice(0)) callback();
    },
  };
}

describe('batchByFrame', () => {
  test('delivers the newest value once a frame', () => {
    const frames = createFrames();
    const delivered: number[] = [];
    const batch = batchByFrame<number>((value) => delivered.push(value), frames.schedule);
    batch.push(1);
    batch.push(2);
    expect(delivered).toEqual([]);
    frames.next();
    batch.push(3);
    frames.next();
    expect(delivered).toEqual([2, 3]);
  });
  test('a flush delivers at once, and not again with the frame', () => {
    const frames = createFrames();
    const delivered: number[] = [];
    const batch = batchByFrame<number>((value) => delivered.push(value), frames.schedule);
    batch.push(1);
    batch.flush();
    frames.next();
    batch.flush();
    expect(delivered).toEqual([1]);
  });
});
