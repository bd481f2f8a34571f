import { backoffDelay } from './backoff.ts';
import {
  stateOf,
  transitions,
  type Event,
  type EventType,
  type History,
  type InstanceState,
  type Step,
} from './transitions.ts';

/** All durations in milliseconds. */
export interface MachineOptions {
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  /** `Infinity` leaves an unresponsive sidecar alone. */
  readonly killUnresponsiveAfterMs: number;
  readonly restart: RestartBudget;
}

export interface RestartBudget {
  /** The crash with this number within the window is the last. */
  readonly maxCrashes: number;
  readonly windowMs: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

/** What is to be done after an event, in this order. */
export type Effect =
  /** Set the only timer, which sends `timer`, in place of the one before; null sets none. */
  | { readonly type: 'timer'; readonly delayMs: number | null }
  /** Start a process. Ends in exactly one of `exit`, `launchFailed` and `launchImpossible`. */
  | { readonly type: 'launch' }
  /** Send `drained` once nothing is in flight. */
  | { readonly type: 'drain' }
  /** Say goodbye and close the link; the sidecar ends by itself. */
  | { readonly type: 'goodbye' }
  /** Signal the process, or don't start it after all. */
  | { readonly type: 'kill'; readonly signal: 'SIGTERM' | 'SIGKILL' }
  /** Close the link, settle what was in flight, remove the endpoint; then send `cleared`. */
  | { readonly type: 'clear' };

/** What is remembered of one instance. */
export interface Machine extends History {
  readonly step: Step;
  /** Whether it is kept in reserve: then it is a spare where another would be ready. */
  readonly isSpare: boolean;
}

export interface Surroundings {
  readonly options: MachineOptions;
  /** Milliseconds from an arbitrary start. */
  readonly now: number;
  /** From 0 up to but not including 1. */
  readonly random: number;
}

/** How long a process may outlive its connection, and its own SIGKILL, before the next step is taken. */
export const exitGraceMs = 1_000;

/** What an instance begins with. */
export const noHistory: History = { crashes: [], restarts: 0 };

export const initialMachine: Machine = { step: 'stopped', isSpare: false, ...noHistory };

export function publicState({ step, isSpare }: Machine): InstanceState {
  return step === 'ready' && isSpare ? 'spare' : stateOf[step];
}

/** What a spare goes on with that takes the place: after a crash it is the next start. */
export function historyForSpare({ step, crashes, restarts }: Machine): History {
  return { crashes, restarts: step === 'backoff' ? restarts + 1 : restarts };
}

/** What follows from an event: the next state of the machine, and what is to be done. A pure function. An event without meaning in a step changes nothing. */
export function advance(
  machine: Machine,
  event: Event,
  surroundings: Surroundings,
): { machine: Machine; effects: readonly Effect[] } {
  if (event.type === 'reserve') return { machine: { ...machine, isSpare: true }, effects: [] };
  if (event.type === 'promote') return { machine: { ...machine, ...event.history, isSpare: false }, effects: [] };
  const target = targetOf(machine.step, event.type);
  if (target === undefined) return { machine, effects: [] };
  const next = enter(
    target === 'restartOrFail' ? restartOrFail(machine, surroundings) : { ...machine, step: target },
    machine,
  );
  return { machine: next, effects: entryEffects(next, event, surroundings) };
}

function targetOf(step: Step, event: EventType): Step | 'restartOrFail' | undefined {
  const row: Partial<Record<EventType, Step | 'restartOrFail'>> = transitions[step];
  return row[event];
}

/** Counts a crash. The crashes within the window decide whether the sidecar is started again. */
function restartOrFail(machine: Machine, { options: { restart }, now }: Surroundings): Machine {
  const crashes = [...machine.crashes.filter((time) => now - time < restart.windowMs), now];
  return { ...machine, crashes, step: crashes.length >= restart.maxCrashes ? 'failed' : 'backoff' };
}

function enter(next: Machine, previous: Machine): Machine {
  if (next.step !== 'starting') return next;
  if (previous.step === 'backoff') return { ...next, restarts: next.restarts + 1 };
  // Whoever starts what had failed has mended it, so it gets its whole budget again.
  return previous.step === 'failed' ? { ...next, crashes: [] } : next;
}

function entryEffects(machine: Machine, event: Event, surroundings: Surroundings): Effect[] {
  const timer: Effect = { type: 'timer', delayMs: delayOf(machine, event, surroundings) };
  const effect = effectOf[machine.step];
  return effect === undefined ? [timer] : [timer, effect];
}

/** What is to be done when a step begins. */
const effectOf: Readonly<Partial<Record<Step, Effect>>> = {
  starting: { type: 'launch' },
  drain: { type: 'drain' },
  goodbye: { type: 'goodbye' },
  terminate: { type: 'kill', signal: 'SIGTERM' },
  kill: { type: 'kill', signal: 'SIGKILL' },
  closing: { type: 'clear' },
  killing: { type: 'kill', signal: 'SIGKILL' },
  clearing: { type: 'clear' },
  clearingFailed: { type: 'clear' },
};

/** How long a step may take before it hears `timer`; null where it may take for ever. */
function delayOf({ step, crashes }: Machine, event: Event, { options, random }: Surroundings): number | null {
  switch (step) {
    case 'starting':
      return finite(options.startTimeoutMs);
    case 'unresponsive':
      return finite(options.killUnresponsiveAfterMs);
    case 'drain':
      return event.type === 'stop' ? finite(event.drainMs) : null;
    case 'goodbye':
    case 'terminate':
      return finite(options.stopTimeoutMs);
    case 'kill':
    case 'dying':
    case 'killing':
      return exitGraceMs;
    case 'backoff':
      return finite(backoffDelay(crashes.length, options.restart, random));
    default:
      return null;
  }
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}
