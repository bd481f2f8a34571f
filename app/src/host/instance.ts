import type { LogLevel } from 'ipc-link/contract';
import type { EndError } from './crash-report.ts';
import { failedError, stoppedError } from './errors.ts';
import type { HostSink, InstanceStatus } from './host-events.ts';
import { Latency } from './latency.ts';
import { Lease } from './lease.ts';
import type { LoadEvents } from './load.ts';
import { hostEntry } from './log-entry.ts';
import { MachineDriver } from './machine-driver.ts';
import type { Effect } from './machine.ts';
import { SidecarProcess, type SidecarProcessPlan } from './sidecar-process.ts';
import type { Event, History, InstanceState } from './transitions.ts';

/** What an instance tells its pool, after it has happened. */
export interface InstanceEvents extends Omit<LoadEvents, 'measured'>, Pick<HostSink, 'log'> {
  /** It is in another state now. */
  changed(previous: InstanceState): void;
  /** Whatever runs its process wants it to end. */
  leaving(): void;
  /** A process ended without being told to, or could not be started. */
  crashed(error: EndError): void;
}

/** It has one process after the other, which the state machine starts and ends. It has a place in its pool, or is a spare. */
export class Instance {
  readonly name: string;
  readonly latency = new Latency();
  readonly #plan: SidecarProcessPlan;
  readonly #events: InstanceEvents;
  readonly #driver: MachineDriver;
  #process: SidecarProcess | null = null;
  #error: Error | undefined;
  #waiters: { readonly states: readonly InstanceState[]; readonly resolve: () => void }[] = [];

  constructor(plan: SidecarProcessPlan, events: InstanceEvents) {
    this.name = plan.instance;
    this.#plan = plan;
    this.#events = events;
    this.#driver = new MachineDriver(plan, {
      carryOut: (effect) => this.#carryOut(effect),
      changed: (previous) => this.#announce(previous),
    });
  }

  get state(): InstanceState {
    return this.#driver.state;
  }

  get slot(): number {
    return this.#plan.slot;
  }

  /** What a spare goes on with that takes its place. */
  get historyForSpare(): History {
    return this.#driver.historyForSpare;
  }

  /** How its last process ended, where that was a crash. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Calls whose handlers have not ended. */
  get inFlight(): number {
    return this.#process?.load.inFlight ?? 0;
  }

  /** Calls among them that were aborted or timed out. */
  get abandoned(): number {
    return this.#process?.load.abandoned ?? 0;
  }

  get isLate(): boolean {
    return this.latency.isLate;
  }

  get status(): Omit<InstanceStatus, 'queued'> {
    const { name: instance, state, inFlight, abandoned } = this;
    const { pid, uptime = null, rss = null, cpuTime = null, inspectorUrl } = this.#process ?? {};
    const { bytesSent = 0, bytesReceived = 0 } = this.#process?.socket ?? {};
    const { restarts } = this.#driver;
    const latency = this.latency.summary;
    const { name } = this.#plan.sidecar;
    const calls = { inFlight, abandoned, latency };
    const figures = { uptime, rss, cpuTime, bytesSent, bytesReceived };
    return { name, instance, pid, state, restarts, ...calls, ...figures, inspectorUrl };
  }

  /** Starts it, if it is stopped or failed. */
  start(): void {
    this.#driver.send({ type: 'start' });
  }

  /** Makes it a spare, which takes no calls. To be called while it isn't ready. */
  reserve(): void {
    this.#driver.send({ type: 'reserve' });
  }

  /** Makes it one that takes calls. */
  promote(history: History): void {
    this.#driver.send({ type: 'promote', history });
  }

  /** @param drainMs How long calls in flight may go on. @returns Resolves when it is stopped; never rejects. */
  async stop(drainMs: number): Promise<void> {
    this.#driver.send({ type: 'stop', drainMs });
    await this.#until(['stopped']);
  }

  /** Kills its process, if there is one. The same follows as after a crash. */
  kill(): void {
    this.#process?.kill('SIGKILL', false);
  }

  /**
   * Waits through crashes and restarts until it is ready, or a spare.
   *
   * @throws LinkError `ERR_SIDECAR_FAILED` when the crash budget is spent, `ERR_SIDECAR_STOPPED` when it is stopped.
   */
  async whenReady(): Promise<void> {
    await this.#until(['ready', 'spare', 'unresponsive', 'failed', 'stopped']);
    if (this.state === 'failed') throw this.failure;
    if (this.state === 'stopped') throw stoppedError(this.#plan.sidecar.name);
  }

  /** What calls to an instance that has failed reject with. */
  get failure(): Error {
    return failedError(this.#plan.sidecar.name, this.#error ?? new Error('it can not be started.'));
  }

  /** Gives a call a place in the current process. @throws LinkError `ERR_SIDECAR_STOPPED` while none is connected. */
  lease(): Lease {
    const caller = this.#process?.caller ?? null;
    if (this.#process === null || caller === null) throw stoppedError(this.#plan.sidecar.name);
    return new Lease(this, this.#process, caller);
  }

  /** Logs what the host has to say about the instance. */
  log(level: LogLevel, message: string): void {
    const origin = { sidecar: this.#plan.sidecar.name, instance: this.name, pid: this.#process?.pid };
    this.#events.log(hostEntry(origin, level, message));
  }

  async #until(states: readonly InstanceState[]): Promise<void> {
    if (!states.includes(this.state)) await new Promise<void>((resolve) => this.#waiters.push({ states, resolve }));
  }

  #announce(previous: InstanceState): void {
    const { state } = this;
    this.#events.changed(previous);
    const reached = this.#waiters.filter(({ states }) => states.includes(state));
    this.#waiters = this.#waiters.filter(({ states }) => !states.includes(state));
    for (const { resolve } of reached) resolve();
  }

  #carryOut(effect: Exclude<Effect, { readonly type: 'timer' }>): void {
    switch (effect.type) {
      case 'launch':
        return this.#launch();
      case 'drain':
        this.#process?.movePages();
        if (this.inFlight === 0) this.#driver.send({ type: 'drained' });
        return undefined;
      case 'goodbye':
        return this.#process?.goodbye();
      case 'kill':
        return this.#process?.kill(effect.signal, this.state === 'draining');
      case 'clear':
        void this.#clear();
    }
  }

  #launch(): void {
    this.#driver.cause = undefined;
    this.#error = undefined;
    this.latency.isLate = false;
    const happened = (event: Event): void => {
      // A process that was given up may still end one day. That is no event of the current process.
      if (launched === this.#process) this.#driver.send(event);
    };
    const launched = new SidecarProcess(this.#plan, {
      ...this.#events,
      happened,
      leaving: () => {
        if (launched === this.#process) this.#events.leaving();
      },
      idle: () => {
        happened({ type: 'drained' });
        this.#events.idle();
      },
      measured: (ms) => this.latency.record(ms),
    });
    this.#process = launched;
    launched.launch();
  }

  async #clear(): Promise<void> {
    const ended = this.#process;
    if (ended === null) return;
    const error = await ended.clear(this.#driver.cause);
    if (ended !== this.#process) return;
    this.#process = null;
    if (error !== null) {
      this.#error = error;
      this.log('error', error.message);
      this.#events.crashed(error);
    }
    this.#driver.send({ type: 'cleared' });
  }
}
