import { expect, test } from 'vitest';
import { LogIntake } from '../../src/host/log-intake.ts';
import { Pace } from '../../src/host/pace.ts';
import { ManualClock } from './manual-clock.ts';

test('lines are answered as they come while they are few', () => {
  const { send, lines, answers } = create();
  for (let number = 1; number <= 100; number++) send(`line ${number}`);
  expect(lines).toHaveLength(100);
  expect(answers()).toHaveLength(100);
});

test('a flood is passed on as it comes, and answered no faster than the pace allows, in order', () => {
  const { send, lines, answers, clock } = create();
  const line = 'x'.repeat(10_000);
  for (let number = 0; number < 400; number++) send(line);
  expect(lines).toHaveLength(400);
  const first = answers().length;
  // A mebibyte at once, then sixteen a second.
  expect(first).toBeGreaterThan(90);
  expect(first).toBeLessThan(110);
  clock.advance(125);
  const second = answers().length;
  expect(second - first).toBeGreaterThan(80);
  expect(second).toBeLessThan(400);
  clock.advance(1_000);
  expect(answers()).toEqual(Array.from({ length: 400 }, (_, number) => number));
  expect(clock.timers).toBe(0);
});

test('what is printed counts too: there is one budget for all lines of a process', () => {
  const { send, answers, pace, clock } = create();
  pace.take(10 * 1_048_576, 1_000);
  send('a line');
  expect(answers()).toEqual([]);
  clock.advance(1_000);
  expect(answers()).toEqual([0]);
});

test('a sidecar that waits for no answers is refused in the end, and costs no more memory', () => {
  const { send, lines, refusals } = create();
  for (let number = 0; number < 20_000; number++) send('x'.repeat(1_000));
  expect(lines.length).toBeLessThan(6_000);
  expect(refusals()).toHaveLength(20_000 - lines.length);
  expect(refusals()[0]).toMatchObject({ code: 'ERR_LINK_OVERLOADED' });
});

test('few large lines are bounded as well', () => {
  const { send, lines } = create();
  for (let number = 0; number < 100; number++) send('x'.repeat(4 * 1_048_576));
  expect(lines.length).toBeLessThan(10);
});

test('at the end all that wait are answered at once, and no timer is left', () => {
  const { send, answers, intake, clock } = create();
  for (let number = 0; number < 400; number++) send('x'.repeat(10_000));
  intake.answerAll();
  expect(answers()).toHaveLength(400);
  expect(clock.timers).toBe(0);
});

function create(): {
  intake: LogIntake;
  clock: ManualClock;
  pace: Pace;
  lines: unknown[];
  send: (line: string) => void;
  /** Numbers of the lines that have been answered. */
  answers: () => number[];
  refusals: () => unknown[];
} {
  const clock = new ManualClock();
  const pace = new Pace(clock);
  const lines: unknown[] = [];
  const replies: (readonly [number: number, data: unknown])[] = [];
  const intake = new LogIntake(pace, clock, (data) => lines.push(data));
  let sent = 0;
  const send = (line: string): void => {
    const number = sent++;
    const reply = (data?: unknown): boolean => replies.push([number, data]) > 0;
    intake.take({ data: { level: 'info', message: line }, reply });
  };
  return {
    intake,
    clock,
    pace,
    lines,
    send,
    answers: () => replies.filter(([, data]) => data === undefined).map(([number]) => number),
    refusals: () => replies.filter(([, data]) => data !== undefined).map(([, data]) => data),
  };
}
