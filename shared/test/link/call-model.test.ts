import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedError, peerLostError } from '../../src/link/errors.ts';
import { CallWorld } from '../support/call-world.ts';

/** What should be true of one send. */
interface Expected {
  readonly id: string | null;
  /** When its timeout is over; null where it has none. */
  readonly deadline: number | null;
  isSent: boolean;
  isLost: boolean;
  /** Whether it occupies nothing any more. */
  hasEnded: boolean;
  how: string | null;
  reports: number;
}

interface Model {
  now: number;
  readonly sends: Expected[];
}

type Step = fc.Command<Model, CallWorld>;

/** The send that a number stands for, whatever their count. */
function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % Math.max(1, items.length)];
}

function settle(send: Expected, how: string): void {
  send.how ??= how;
}

/** The sender waits no longer. What was sent occupies the peer until that has answered all the same, or is lost. */
function giveUp(send: Expected, how: string): void {
  settle(send, how);
  send.hasEnded ||= !send.isSent;
}

/** Everything that can be seen of the world is as the model has it. */
function compare(model: Model, world: CallWorld): void {
  expect(world.sends.map(({ settlements }) => settlements)).toStrictEqual(
    model.sends.map(({ how }) => (how === null ? [] : [how])),
  );
  expect(world.sends.map(({ reports }) => reports)).toStrictEqual(model.sends.map(({ reports }) => reports));
  const open = model.sends.filter(({ how }) => how === null);
  expect(world.book.size).toBe(open.length);
  const occupied = model.sends.filter(({ isSent, hasEnded }) => isSent && !hasEnded);
  expect(world.connection.pending.size).toBe(occupied.length);
  expect(world.connection.pending.abandoned).toBe(occupied.filter(({ how }) => how !== null).length);
  expect(world.sends.map(({ ends }) => ends)).toStrictEqual(model.sends.map(({ hasEnded }) => (hasEnded ? 1 : 0)));
}

function step(name: string, run: (model: Model, world: CallWorld) => void): Step {
  return {
    check: () => true,
    run(model, world) {
      run(model, world);
      compare(model, world);
    },
    toString: () => name,
  };
}

const send = fc
  .record({
    id: fc.option(fc.constantFrom('a', 'b', 'c')),
    timeout: fc.constantFrom(0, 0, 10, 50, 100),
    isStream: fc.boolean(),
    isSentAtOnce: fc.boolean(),
  })
  .map(({ isSentAtOnce, ...options }) =>
    step(`send(${JSON.stringify(options)}, ${isSentAtOnce ? 'at once' : 'waiting'})`, (model, world) => {
      const { id, timeout } = options;
      const isDuplicate = id !== null && model.sends.some((other) => other.how === null && other.id === id);
      const deadline = timeout === 0 ? null : model.now + timeout;
      const isSent = isSentAtOnce && !isDuplicate;
      const how = isDuplicate ? 'ERR_LINK_DUPLICATE_ID' : null;
      model.sends.push({ id, deadline, isSent, isLost: false, hasEnded: isDuplicate, how, reports: 0 });
      const sent = world.send(options);
      if (isSentAtOnce) world.transmit(sent);
    }),
  );

const transmit = fc.nat(50).map((number) =>
  step(`transmit(${number})`, (model, world) => {
    const [expected, sent] = [pick(model.sends, number), pick(world.sends, number)];
    if (expected === undefined || sent === undefined || expected.isSent || expected.how !== null) return;
    expected.isSent = true;
    world.transmit(sent);
  }),
);

/** Also to those that have settled long ago. */
const answer = fc.tuple(fc.nat(50), fc.boolean()).map(([number, isFailed]) =>
  step(`answer(${number}, ${isFailed ? 'failed' : 'success'})`, (model, world) => {
    const [expected, sent] = [pick(model.sends, number), pick(world.sends, number)];
    if (expected?.isSent === true) {
      settle(expected, isFailed ? 'refused' : 'replied');
      expected.hasEnded = true;
    }
    if (sent !== undefined) world.answer(sent, isFailed);
  }),
);

const report = fc.nat(50).map((number) =>
  step(`report(${number})`, (model, world) => {
    const [expected, sent] = [pick(model.sends, number), pick(world.sends, number)];
    if (expected?.isSent === true && expected.how === null) expected.reports += 2;
    if (sent !== undefined) world.report(sent);
  }),
);

const abort = fc.nat(50).map((number) =>
  step(`abort(${number})`, (model, world) => {
    const expected = pick(model.sends, number);
    if (expected !== undefined) giveUp(expected, 'AbortError');
    pick(world.sends, number)?.controller.abort();
  }),
);

const advance = fc.integer({ min: 1, max: 60 }).map((ms) =>
  step(`advance(${ms})`, (model, world) => {
    model.now += ms;
    for (const expected of model.sends) {
      if (expected.deadline !== null && expected.deadline <= model.now) giveUp(expected, 'ERR_LINK_TIMEOUT');
    }
    world.clock.advance(ms);
  }),
);

const lose = fc.constant(
  step('lose', (model, world) => {
    for (const expected of model.sends) {
      if (!expected.isSent) continue;
      expected.isLost = true;
      expected.hasEnded = true;
      settle(expected, 'ERR_LINK_PEER_LOST');
    }
    world.lose(peerLostError('bob'));
  }),
);

const close = fc.constant(
  step('close', (model, world) => {
    for (const expected of model.sends) giveUp(expected, 'ERR_LINK_CLOSED');
    world.book.failAll(closedError('alice'));
  }),
);

test('every send settles exactly once, whatever happens in whatever order', () => {
  const steps = [send, send, send, transmit, answer, answer, report, abort, advance, lose, close];
  fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 80, size: 'max' }), (commands) => {
      const world = new CallWorld();
      fc.modelRun(() => ({ model: { now: world.clock.now(), sends: [] }, real: world }), commands);
      world.book.failAll(closedError('alice'));
      for (const { settlements } of world.sends) expect(settlements).toHaveLength(1);
      expect(world.book.size).toBe(0);
      expect(world.connection.pending.size).toBe(world.connection.pending.abandoned);
      world.connection.pending.endAll();
      expect(world.connection.pending.size).toBe(0);
      for (const { ends } of world.sends) expect(ends).toBe(1);
      // Whoever was refused at once never was in the book.
      const opened = world.sends.filter(({ call }) => call !== null);
      expect(world.settledByBook).toBe(opened.length);
    }),
    { numRuns: 200 },
  );
});

test('a cancel is sent once, and only for what was sent and not answered', () => {
  const world = new CallWorld();
  const [answered, aborted, waiting, late] = Array.from({ length: 4 }, () =>
    world.send({ id: null, timeout: 100, isStream: false }),
  );
  for (const sent of [answered, aborted, late]) if (sent !== undefined) world.transmit(sent);
  if (answered !== undefined) world.answer(answered, false);
  for (const sent of [answered, aborted, waiting]) sent?.controller.abort();
  world.clock.advance(1_000);
  expect(world.connection.cancelled).toStrictEqual([aborted?.sentOver?.correlation, late?.sentOver?.correlation]);
});
