import { beforeEach, describe, expect, test } from 'vitest';
import { type Deadline, Deadlines } from '../../src/link/deadlines.ts';
import { FakeClock } from '../support/fake-clock.ts';

let clock = new FakeClock();
let deadlines = new Deadlines(clock);
let expired: string[] = [];

beforeEach(() => {
  clock = new FakeClock();
  deadlines = new Deadlines(clock);
  expired = [];
});

function start(name: string, ms: number): Deadline {
  return deadlines.start({ expire: () => expired.push(name) }, ms);
}

function stop(deadline: Deadline): void {
  deadline.list.remove(deadline);
}

describe('a deadline', () => {
  test('expires when it is due and not before', () => {
    start('a', 100);
    clock.advance(99);
    expect(expired).toStrictEqual([]);
    clock.advance(1);
    expect(expired).toStrictEqual(['a']);
    clock.advance(1_000);
    expect(expired).toStrictEqual(['a']);
  });

  test('that is called off does not', () => {
    const deadline = start('a', 100);
    start('b', 100);
    stop(deadline);
    stop(deadline);
    clock.advance(1_000);
    expect(expired).toStrictEqual(['b']);
  });

  test('of one duration shares a timer with others, and each expires on its own', () => {
    for (let n = 0; n < 10; n++) {
      start(`${n}`, 100);
      clock.advance(5);
    }
    expect(clock.waits).toHaveLength(1);
    clock.advance(50);
    expect(expired).toStrictEqual(['0']);
    clock.advance(5);
    expect(expired).toStrictEqual(['0', '1']);
    clock.advance(1_000);
    expect(expired).toStrictEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(clock.waits).toStrictEqual([]);
  });

  test('may be called off first, last, in the middle, and by another', () => {
    const [first, , third, , last] = ['a', 'b', 'c', 'd', 'e'].map((name) => start(name, 100));
    for (const deadline of [first, third, last]) if (deadline !== undefined) stop(deadline);
    clock.advance(100);
    expect(expired).toStrictEqual(['b', 'd']);
  });

  test('may be started by one that expires', () => {
    deadlines.start({ expire: () => start('second', 100) }, 100);
    clock.advance(100);
    expect(expired).toStrictEqual([]);
    clock.advance(100);
    expect(expired).toStrictEqual(['second']);
  });
});

test('a peer that chooses a new duration each time leaves no timers behind', () => {
  for (let ms = 1_000; ms < 11_000; ms++) stop(start('never', ms));
  expect(clock.waits.length).toBeLessThanOrEqual(65);
  const kept = [start('a', 20_000), start('b', 20_001)];
  expect(kept).toHaveLength(2);
  clock.advance(30_000);
  expect(expired).toStrictEqual(['a', 'b']);
  expect(clock.waits).toStrictEqual([]);
});
