import { beforeEach, describe, expect, test } from 'vitest';
import { type Heart, Heartbeat } from '../../src/link/heartbeat.ts';
import { FakeClock } from '../support/fake-clock.ts';

class FakeHeart implements Heart {
  bytesMoved = 0;
  isMidFrame = false;
  framesRead = 0;
  log: string[] = [];

  ping(): void {
    this.log.push('ping');
  }

  unresponsive(silentMs: number): void {
    this.log.push(`unresponsive after ${silentMs}`);
  }

  responsive(): void {
    this.log.push('responsive');
  }

  dead(silentMs: number): void {
    this.log.push(`dead after ${silentMs}`);
  }

  stuck(): void {
    this.log.push('stuck');
  }

  /** What happened since this was asked last. */
  take(): string[] {
    return this.log.splice(0);
  }
}

let clock = new FakeClock();
let heart = new FakeHeart();

beforeEach(() => {
  clock = new FakeClock();
  heart = new FakeHeart();
});

function start(
  options: { heartbeatMs?: number; heartbeatTimeoutMs?: number; frameTimeoutMs?: number } = {},
): Heartbeat {
  return new Heartbeat(heart, clock, {
    heartbeatMs: 100,
    heartbeatTimeoutMs: 1_000,
    frameTimeoutMs: 500,
    ...options,
  });
}

describe('a heartbeat', () => {
  test('lets a peer be that is heard', () => {
    start();
    for (let tick = 0; tick < 50; tick++) {
      heart.bytesMoved++;
      clock.advance(100);
    }
    expect(heart.take()).toStrictEqual([]);
  });

  test('asks a silent peer, and is content with any answer', () => {
    start();
    clock.advance(100);
    expect(heart.take()).toStrictEqual(['ping']);
    heart.bytesMoved++;
    clock.advance(100);
    expect(heart.take()).toStrictEqual([]);
  });

  test('calls a peer unresponsive that does not answer, once', () => {
    start();
    clock.advance(200);
    expect(heart.take()).toStrictEqual(['ping', 'unresponsive after 200', 'ping']);
    clock.advance(300);
    expect(heart.take()).toStrictEqual(['ping', 'ping', 'ping']);
  });

  test('calls it responsive when it is heard again', () => {
    start();
    clock.advance(200);
    heart.take();
    heart.bytesMoved++;
    clock.advance(100);
    expect(heart.take()).toStrictEqual(['responsive']);
    clock.advance(200);
    expect(heart.take()).toStrictEqual(['ping', 'unresponsive after 200', 'ping']);
  });

  test('gives up a peer in the end', () => {
    start();
    clock.advance(1_000);
    expect(heart.take().at(-1)).toBe('dead after 1000');
  });

  test('never does where there is no limit', () => {
    start({ heartbeatTimeoutMs: Infinity });
    clock.advance(100_000);
    expect(heart.take().filter((event) => event.startsWith('dead'))).toStrictEqual([]);
  });

  test('blames nobody for its own sleep', () => {
    start();
    clock.advance(100);
    heart.take();
    clock.sleep(3_600_000);
    clock.advance(0);
    expect(heart.take()).toStrictEqual(['ping']);
    clock.advance(100);
    expect(heart.take()).toStrictEqual(['ping']);
    clock.advance(100);
    expect(heart.take()).toStrictEqual(['unresponsive after 200', 'ping']);
  });

  test('asks nothing where it is switched off, and still watches frames', () => {
    start({ heartbeatMs: Infinity });
    clock.advance(10_000);
    expect(heart.take()).toStrictEqual([]);
    heart.isMidFrame = true;
    clock.advance(1_000);
    expect(heart.take()).toContain('stuck');
  });

  test('stops when it is told to, and leaves no timer', () => {
    const heartbeat = start();
    expect(clock.waits).toStrictEqual([100]);
    heartbeat.stop();
    expect(clock.waits).toStrictEqual([]);
    clock.advance(10_000);
    expect(heart.take()).toStrictEqual([]);
  });
});

describe('a frame', () => {
  test('that is not completed in time is stuck, though bytes still trickle in', () => {
    start();
    heart.isMidFrame = true;
    for (let tick = 0; tick < 5; tick++) {
      heart.bytesMoved++;
      clock.advance(100);
    }
    expect(heart.take()).toStrictEqual(['stuck']);
  });

  test('that follows another is counted anew', () => {
    start();
    heart.isMidFrame = true;
    for (let tick = 0; tick < 20; tick++) {
      heart.bytesMoved++;
      if (tick % 3 === 0) heart.framesRead++;
      clock.advance(100);
    }
    expect(heart.take()).toStrictEqual([]);
  });

  test('is not stuck because this process slept', () => {
    start();
    heart.isMidFrame = true;
    clock.advance(100);
    clock.sleep(10_000);
    heart.bytesMoved++;
    clock.advance(100);
    expect(heart.take().filter((event) => event === 'stuck')).toStrictEqual([]);
  });
});
