import { startTimeoutError, unresponsiveError } from './errors.ts';
import { advance, historyForSpare, initialMachine, publicState, type Effect, type Machine } from './machine.ts';
import type { SidecarProcessPlan } from './sidecar-process.ts';
import type { Event, History, InstanceState } from './transitions.ts';

export interface MachineDriverEvents {
  /** Does what the machine wants done. The driver itself keeps the machine's timer. */
  readonly carryOut: (effect: Exclude<Effect, { readonly type: 'timer' }>) => void;
  readonly changed: (previous: InstanceState) => void;
}

/** Brings the events of one instance to its state machine, one after the other, and has carried out what follows from them. */
export class MachineDriver {
  /** Why the current process was or will be ended, or could not be started. */
  cause: Error | undefined;
  readonly #plan: SidecarProcessPlan;
  readonly #driven: MachineDriverEvents;
  readonly #events: Event[] = [];
  #isHandling = false;
  #machine: Machine = initialMachine;
  #cancelTimer: () => void = () => {};

  constructor(plan: SidecarProcessPlan, driven: MachineDriverEvents) {
    this.#plan = plan;
    this.#driven = driven;
  }

  get state(): InstanceState {
    return publicState(this.#machine);
  }

  get restarts(): number {
    return this.#machine.restarts;
  }

  get historyForSpare(): History {
    return historyForSpare(this.#machine);
  }

  /** An event that is sent while another is handled waits until that one is done. */
  send(event: Event): void {
    this.#events.push(event);
    if (this.#isHandling) return;
    this.#isHandling = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#handle(next);
    } finally {
      this.#isHandling = false;
    }
  }

  #handle(event: Event): void {
    const previous = this.state;
    const { sidecar, clock } = this.#plan;
    this.cause ??= this.#causeOf(event);
    const surroundings = { options: sidecar.machine, now: clock.now(), random: clock.random() };
    const { machine, effects } = advance(this.#machine, event, surroundings);
    this.#machine = machine;
    for (const effect of effects) {
      if (effect.type === 'timer') this.#setTimer(effect.delayMs);
      else this.#driven.carryOut(effect);
    }
    if (this.state !== previous) this.#driven.changed(previous);
  }

  /** What an event says about the end of the process. In two steps, running out of time means that the process is killed. */
  #causeOf(event: Event): Error | undefined {
    if (event.type !== 'timer') return 'cause' in event ? event.cause : undefined;
    const { instance, sidecar } = this.#plan;
    if (this.#machine.step === 'starting') return startTimeoutError(instance, sidecar.machine.startTimeoutMs);
    return this.#machine.step === 'unresponsive'
      ? unresponsiveError(instance, sidecar.machine.killUnresponsiveAfterMs)
      : undefined;
  }

  #setTimer(delayMs: number | null): void {
    this.#cancelTimer();
    this.#cancelTimer =
      delayMs === null ? () => {} : this.#plan.clock.schedule(() => this.send({ type: 'timer' }), delayMs);
  }
}
