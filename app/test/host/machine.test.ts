import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  advance,
  initialMachine,
  publicState,
  type Effect,
  type Machine,
  type MachineOptions,
} from '../../src/host/machine.ts';
import type { Event, EventType, Step } from '../../src/host/transitions.ts';

const options: MachineOptions = {
  startTimeoutMs: 10_000,
  stopTimeoutMs: 2_000,
  killUnresponsiveAfterMs: 30_000,
  restart: { maxCrashes: 3, windowMs: 300_000, minDelayMs: 100, maxDelayMs: 10_000 },
};

/** Where each event leads to, from which steps; from every other it leads nowhere. A first crash leaves a budget. */
const leads: Readonly<Record<EventType, readonly (readonly [from: readonly Step[], to: Step])[]>> = {
  start: [[['stopped', 'failed'], 'starting']],
  stop: [
    [['ready', 'unresponsive', 'drain'], 'drain'],
    [['starting'], 'terminate'],
    [['dying', 'killing'], 'kill'],
    [['clearing', 'clearingFailed'], 'closing'],
    [['backoff', 'failed'], 'stopped'],
  ],
  hello: [[['starting'], 'ready']],
  disconnect: [
    [['ready', 'unresponsive'], 'dying'],
    [['drain'], 'terminate'],
  ],
  unresponsive: [[['ready'], 'unresponsive']],
  responsive: [[['unresponsive'], 'ready']],
  drained: [[['drain'], 'goodbye']],
  exit: [
    [['starting', 'ready', 'unresponsive', 'dying', 'killing'], 'clearing'],
    [['drain', 'goodbye', 'terminate', 'kill'], 'closing'],
  ],
  launchFailed: [
    [['starting', 'killing'], 'clearing'],
    [['terminate', 'kill'], 'closing'],
  ],
  launchImpossible: [
    [['starting', 'killing'], 'clearingFailed'],
    [['terminate', 'kill'], 'closing'],
  ],
  cleared: [
    [['closing'], 'stopped'],
    [['clearing'], 'backoff'],
    [['clearingFailed'], 'failed'],
  ],
  timer: [
    [['starting', 'unresponsive', 'dying'], 'killing'],
    [['drain'], 'goodbye'],
    [['goodbye'], 'terminate'],
    [['terminate'], 'kill'],
    [['killing'], 'clearing'],
    [['kill'], 'closing'],
    [['backoff'], 'starting'],
  ],
};

/** What is to be done on entering a step, and for how long it may last. */
const entries: Readonly<Record<Step, readonly string[]>> = {
  stopped: ['no timer'],
  starting: ['timer 10000', 'launch'],
  ready: ['no timer'],
  unresponsive: ['timer 30000'],
  drain: ['timer 5000', 'drain'],
  goodbye: ['timer 2000', 'goodbye'],
  terminate: ['timer 2000', 'SIGTERM'],
  kill: ['timer 1000', 'SIGKILL'],
  closing: ['no timer', 'clear'],
  dying: ['timer 1000'],
  killing: ['timer 1000', 'SIGKILL'],
  clearing: ['no timer', 'clear'],
  clearingFailed: ['no timer', 'clear'],
  backoff: ['timer 150'],
  failed: ['no timer'],
};

const steps = keysOf(entries);
const eventTypes = keysOf(leads);

describe.each(eventTypes)('%s', (type) => {
  test.each(steps)('in %s leads where it should, and does what that takes', (from) => {
    const target = leads[type].find(([sources]) => sources.includes(from))?.[1];
    const before: Machine = { ...initialMachine, step: from };
    const { machine, effects } = step(before, sample(type));
    if (target === undefined) {
      expect({ machine, effects }).toEqual({ machine: before, effects: [] });
      return;
    }
    expect(machine.step).toBe(target);
    expect(effects.map(describeEffect)).toEqual(entries[target]);
  });
});

test('every step is reached from the first', () => {
  const reached = new Set<Step>(['stopped']);
  for (const from of reached)
    for (const type of eventTypes) reached.add(step({ ...initialMachine, step: from }, sample(type)).machine.step);
  expect([...reached].toSorted()).toEqual(steps.toSorted());
});

describe('crash budget', () => {
  test('three crashes within the window end in failed, and none before', () => {
    const states = [crash(0), crash(1_000), crash(2_000)];
    expect(run(states.flat()).map(publicState)).toContain('backoff');
    expect(publicState(last(run([crash(0), crash(1_000)].flat())))).toBe('backoff');
    expect(publicState(last(run(states.flat())))).toBe('failed');
  });

  test('crashes older than the window are forgotten', () => {
    expect(publicState(last(run([crash(0), crash(1_000), crash(300_500)].flat())))).toBe('backoff');
  });

  test('a start after a failure gets the whole budget again', () => {
    const events = [crash(0), crash(1), crash(2), [{ type: 'start', at: 3 } as const], crash(4)];
    expect(publicState(last(run(events.flat())))).toBe('backoff');
  });

  test('what can not be started at all fails at once', () => {
    const machine = last(
      run([
        { type: 'start', at: 0 },
        { type: 'launchImpossible', at: 1 },
        { type: 'cleared', at: 2 },
      ]),
    );
    expect(publicState(machine)).toBe('failed');
    expect(machine.crashes).toEqual([]);
  });

  test('each start after a crash counts as a restart, and no other', () => {
    const once = [crash(0), [{ type: 'timer', at: 500 } as const, { type: 'hello', at: 600 } as const]].flat();
    expect(last(run([{ type: 'start', at: 0 }])).restarts).toBe(0);
    expect(last(run(once)).restarts).toBe(1);
  });
});

describe('whatever happens', () => {
  const anyEvent = fc
    .constantFrom(...eventTypes)
    .map((type): Event => (type === 'stop' ? { type, drainMs: 1_000 } : { type }));

  test('processes are started one after the other, and each is cleared away once before the next', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let isRunning = false;
        let isCleared = false;
        followPossible(events, (effect) => {
          if (effect.type === 'launch') {
            expect(isRunning && !isCleared).toBe(false);
            isRunning = true;
            isCleared = false;
          }
          if (effect.type === 'clear') isCleared = true;
          if (effect.type === 'kill') expect(isRunning).toBe(true);
        });
      }),
    );
  });

  test('a stop ends in stopped, even if the process never does', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let machine = followPossible(events, () => {});
        machine = step(machine, { type: 'stop', drainMs: 1_000 }).machine;
        const seen = [publicState(machine)];
        // The driver always sends `cleared`; everything else may stay silent.
        while (publicState(machine) !== 'stopped' && seen.length < 10) {
          machine = step(machine, { type: machine.step === 'closing' ? 'cleared' : 'timer' }).machine;
          seen.push(publicState(machine));
        }
        expect(publicState(machine)).toBe('stopped');
      }),
    );
  });
});

test('without limits, steps take as long as they take', () => {
  const patient = { ...options, startTimeoutMs: Infinity, killUnresponsiveAfterMs: Infinity };
  const surroundings = { options: patient, now: 0, random: 0 };
  const started = advance(initialMachine, { type: 'start' }, surroundings);
  expect(started.effects).toContainEqual({ type: 'timer', delayMs: null });
  const draining = advance({ ...initialMachine, step: 'ready' }, { type: 'stop', drainMs: Infinity }, surroundings);
  expect(draining.effects).toEqual([{ type: 'timer', delayMs: null }, { type: 'drain' }]);
});

test('a delay without end keeps a sidecar that crashed from being started again', () => {
  const restart = { ...options.restart, minDelayMs: Infinity };
  const crashed = advance(
    { ...initialMachine, step: 'clearing' },
    { type: 'cleared' },
    {
      options: { ...options, restart },
      now: 0,
      random: 0,
    },
  );
  expect(crashed).toMatchObject({ machine: { step: 'backoff' }, effects: [{ type: 'timer', delayMs: null }] });
});

type TimedEvent = Event & { readonly at: number };

/** From starting (or backoff) through a crash. */
function crash(at: number): TimedEvent[] {
  return [
    { type: 'start', at },
    { type: 'timer', at },
    { type: 'exit', at },
    { type: 'cleared', at },
  ];
}

function run(events: readonly TimedEvent[]): Machine[] {
  let machine = initialMachine;
  return events.map((event) => {
    machine = advance(machine, event, { options, now: event.at, random: 0 }).machine;
    return machine;
  });
}

function last(machines: readonly Machine[]): Machine {
  return machines.at(-1) ?? initialMachine;
}

function step(machine: Machine, event: Event): { machine: Machine; effects: readonly Effect[] } {
  return advance(machine, event, { options, now: 0, random: 0.5 });
}

/** Leaves out what a driver never does: `cleared` without `clear`. */
function followPossible(events: readonly Event[], onEffect: (effect: Effect) => void): Machine {
  let machine = initialMachine;
  let isClearing = false;
  for (const event of events) {
    if (event.type === 'cleared' && !isClearing) continue;
    const next = step(machine, event);
    machine = next.machine;
    if (event.type === 'cleared') isClearing = false;
    for (const effect of next.effects) {
      if (effect.type === 'clear') isClearing = true;
      onEffect(effect);
    }
  }
  return machine;
}

function sample(type: EventType): Event {
  return type === 'stop' ? { type, drainMs: 5_000 } : { type };
}

function describeEffect(effect: Effect): string {
  if (effect.type === 'timer') return effect.delayMs === null ? 'no timer' : `timer ${effect.delayMs}`;
  return effect.type === 'kill' ? effect.signal : effect.type;
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}
