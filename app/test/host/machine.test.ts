import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  advance,
  historyForSpare,
  initialMachine,
  noHistory,
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

/** What is decided about an instance, whatever it does: that it is a spare, or has a place. */
type RoleEventType = 'reserve' | 'promote';

/** Where each event leads to, from which steps; from every other it leads nowhere. A first crash leaves a budget. */
const leads: Readonly<
  Record<Exclude<EventType, RoleEventType>, readonly (readonly [from: readonly Step[], to: Step])[]>
> = {
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

  test('a spare goes on with the crashes of the one whose place it takes, so that it may be the last', () => {
    const crashed = last(run([crash(0), crash(1_000)].flat()));
    const spare = last(run([{ type: 'reserve', at: 0 }, ...ready(1_500)]));
    const promoted = step(spare, { type: 'promote', history: historyForSpare(crashed) }).machine;
    expect(promoted).toMatchObject({ crashes: [0, 1_000], restarts: 2 });
    expect(publicState(last(run(crash(2_000), promoted)))).toBe('failed');
  });

  test('taking the place of one that was stopped is no restart', () => {
    const stopped = last(
      run([...crash(0), { type: 'timer', at: 500 }, ...ready(500), { type: 'stop', drainMs: 0, at: 600 }]),
    );
    expect(historyForSpare(stopped)).toEqual({ crashes: [0], restarts: 1 });
  });

  test('each start after a crash counts as a restart, and no other', () => {
    const once = [crash(0), [{ type: 'timer', at: 500 } as const, { type: 'hello', at: 600 } as const]].flat();
    expect(last(run([{ type: 'start', at: 0 }])).restarts).toBe(0);
    expect(last(run(once)).restarts).toBe(1);
  });
});

describe('a spare', () => {
  const reserved = step(initialMachine, { type: 'reserve' }).machine;

  test('is shown as such where another would be ready, and otherwise as any other', () => {
    const states = (machine: Machine): string[] => steps.map((each) => publicState({ ...machine, step: each }));
    const others = states(initialMachine);
    expect(states(reserved)).toEqual(others.map((state) => (state === 'ready' ? 'spare' : state)));
  });

  test('becomes ready by being promoted, and nothing has to be done for it', () => {
    const spare = last(run(ready(0), reserved));
    const { machine, effects } = step(spare, { type: 'promote', history: noHistory });
    expect([publicState(spare), publicState(machine), effects]).toEqual(['spare', 'ready', []]);
  });

  test('stays a spare through an unresponsive time, a crash, a failure and a stop', () => {
    const events = [
      ...ready(0),
      { type: 'unresponsive', at: 1 } as const,
      { type: 'responsive', at: 2 } as const,
      ...[crash(3), crash(4), crash(5)].flat(),
      { type: 'stop', drainMs: 0, at: 6 } as const,
      ...ready(7),
    ];
    const states = run(events, reserved).map(publicState);
    expect(states).not.toContain('ready');
    expect(states).toContain('failed');
    expect(states.at(-1)).toBe('spare');
  });

  test('that crashes while it is promoted crashes at its place', () => {
    const dying = step({ ...reserved, step: 'ready' }, { type: 'disconnect' }).machine;
    const promoted = step(dying, { type: 'promote', history: { crashes: [0, 0], restarts: 2 } }).machine;
    const after = last(
      run(
        [
          { type: 'exit', at: 1 },
          { type: 'cleared', at: 1 },
        ],
        promoted,
      ),
    );
    expect(after).toMatchObject({ step: 'failed', isSpare: false, restarts: 2 });
  });
});

describe('whatever happens', () => {
  const roles: readonly EventType[] = ['reserve', 'promote'];
  const anyEvent = fc.constantFrom(...eventTypes, ...roles).map(sample);

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

/** From stopped. */
function ready(at: number): TimedEvent[] {
  return [
    { type: 'start', at },
    { type: 'hello', at },
  ];
}

function run(events: readonly TimedEvent[], from: Machine = initialMachine): Machine[] {
  let machine = from;
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
  if (type === 'promote') return { type, history: noHistory };
  return type === 'stop' ? { type, drainMs: 5_000 } : { type };
}

function describeEffect(effect: Effect): string {
  if (effect.type === 'timer') return effect.delayMs === null ? 'no timer' : `timer ${effect.delayMs}`;
  return effect.type === 'kill' ? effect.signal : effect.type;
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}
