import { LinkError, ReplyError } from 'ipc-link';
import type { PortMessage } from '#port';
import type { Clock } from './clock.ts';
import type { SidecarCrashedError, StartFailure } from './crash-report.ts';
import { failedError, startTimeoutError, stoppedError, unresponsiveError } from './errors.ts';
import { Latency, type LatencySummary } from './latency.ts';
import { isPermanent } from './launch-failure.ts';
import { advance, initialMachine, publicState, type Effect, type Machine } from './machine.ts';
import type { Lease } from './lease.ts';
import { SidecarProcess, type SidecarProcessEvents, type SidecarProcessPlan } from './sidecar-process.ts';
import type { Event, InstanceState } from './transitions.ts';

/** What an instance tells its pool. Called after the fact, one at a time. */
export interface InstanceListener {
  /** It is in another state now. */
  changed(instance: Instance, previous: InstanceState): void;
  /** Its last call in flight has ended. */
  idle(instance: Instance): void;
  /** A call was given up, and its handler goes on. */
  abandoned(instance: Instance): void;
  /** Pages have more or fewer calls at its process than before. */
  loaded(instance: Instance): void;
  /** A process ended without being told to, or could not be started. */
  crashed(instance: Instance, error: SidecarCrashedError | StartFailure): void;
  line(instance: Instance, source: 'stdout' | 'stderr', line: string): void;
  /** A handler's log line, as it came. */
  log(instance: Instance, data: unknown): void;
  linkError(instance: Instance, error: Error): void;
}

/** One place in a pool: drives the state machine with what happens to its processes, one after the other. */
export class Instance {
  readonly name: string;
  readonly #plan: SidecarProcessPlan;
  readonly #clock: Clock;
  readonly #listener: InstanceListener;
  readonly #latency = new Latency();
  readonly #events: Event[] = [];
  #isHandling = false;
  #machine: Machine = initialMachine;
  #process: SidecarProcess | null = null;
  #isLate = false;
  #cancelTimer: () => void = () => {};
  /** Why the process of now was or will be ended, or could not be started. */
  #cause: Error | undefined;
  #error: Error | undefined;
  #settlers: Settler[] = [];

  constructor(plan: SidecarProcessPlan, listener: InstanceListener) {
    this.name = plan.instance;
    this.#plan = plan;
    this.#clock = plan.clock;
    this.#listener = listener;
  }

  get state(): InstanceState {
    return publicState(this.#machine);
  }

  get restarts(): number {
    return this.#machine.restarts;
  }

  /** How its last process ended, where that was a crash. */
  get error(): Error | undefined {
    return this.#error;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get inspectorUrl(): string | undefined {
    return this.#process?.inspectorUrl;
  }

  get rss(): number | null {
    return this.#process?.rss ?? null;
  }

  /** Calls whose handlers have not ended. */
  get inFlight(): number {
    return this.#process?.inFlight ?? 0;
  }

  /** Those among them that were given up. */
  get abandoned(): number {
    return this.#process?.abandoned ?? 0;
  }

  /** Whether it has not answered a call in time, and none since. */
  get isLate(): boolean {
    return this.#isLate;
  }

  get latency(): LatencySummary | null {
    return this.#latency.summary;
  }

  /** Starts it, if it is stopped or failed. */
  start(): void {
    this.#send({ type: 'start' });
  }

  /** @param drainMs How long calls in flight may go on. @returns Resolves when it is stopped; never rejects. */
  async stop(drainMs: number): Promise<void> {
    this.#send({ type: 'stop', drainMs });
    if (this.state === 'stopped') return;
    await new Promise<void>((resolve) => this.#settlers.push({ until: ['stopped'], resolve }));
  }

  /**
   * Waits through crashes and restarts until it is ready.
   *
   * @throws LinkError `ERR_SIDECAR_FAILED` when the crash budget is spent, `ERR_SIDECAR_STOPPED` when it is stopped.
   */
  async whenReady(): Promise<void> {
    const settled: readonly InstanceState[] = ['ready', 'unresponsive', 'failed', 'stopped'];
    if (!settled.includes(this.state))
      await new Promise<void>((resolve) => this.#settlers.push({ until: settled, resolve }));
    if (this.state === 'failed') throw this.failure;
    if (this.state === 'stopped') throw stoppedError(this.#plan.sidecar.name);
  }

  /** What calls to an instance that has failed reject with. */
  get failure(): Error {
    return failedError(this.#plan.sidecar.name, this.#error ?? new Error('it can not be started.'));
  }

  /**
   * Takes a call on.
   *
   * @param onFree Called when its slot is free again.
   * @throws LinkError `ERR_SIDECAR_STOPPED` while no process of it is connected.
   */
  begin(onFree: () => void): Lease {
    if (this.#process === null) throw stoppedError(this.#plan.sidecar.name);
    return { ...this.#process.begin(onFree), instance: this };
  }

  /** Hands a page's port over to its process. @throws What `SidecarProcess.handOver` throws. */
  handOver(message: PortMessage, port: unknown): void {
    if (this.#process === null) throw stoppedError(this.#plan.sidecar.name);
    this.#process.handOver(message, port);
  }

  /** How long a call took that has succeeded. */
  recordLatency(ms: number): void {
    this.#isLate = false;
    this.#latency.record(ms);
  }

  /** How a call failed: an answer too, or that there was none in time. */
  recordFailure(error: unknown): void {
    if (error instanceof ReplyError) this.#isLate = false;
    else if (error instanceof LinkError && error.code === 'ERR_LINK_TIMEOUT') this.#isLate = true;
  }

  /** One event at a time, also when carrying out one brings about the next. */
  #send(event: Event): void {
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
    this.#cause ??= this.#causeOf(event);
    const surroundings = { options: this.#plan.sidecar.machine, now: this.#clock.now(), random: this.#clock.random() };
    const { machine, effects } = advance(this.#machine, event, surroundings);
    this.#machine = machine;
    for (const effect of effects) this.#carryOut(effect);
    if (this.state !== previous) this.#announce(previous);
  }

  #announce(previous: InstanceState): void {
    const { state } = this;
    this.#listener.changed(this, previous);
    const reached = this.#settlers.filter(({ until }) => until.includes(state));
    this.#settlers = this.#settlers.filter(({ until }) => !until.includes(state));
    for (const { resolve } of reached) resolve();
  }

  /** A time-out in these steps ends the process; the crash report says why. */
  #causeOf({ type }: Event): Error | undefined {
    if (type !== 'timer') return undefined;
    const { startTimeoutMs, killUnresponsiveAfterMs } = this.#plan.sidecar.machine;
    if (this.#machine.step === 'starting') return startTimeoutError(this.name, startTimeoutMs);
    return this.#machine.step === 'unresponsive' ? unresponsiveError(this.name, killUnresponsiveAfterMs) : undefined;
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'timer':
        return this.#setTimer(effect.delayMs);
      case 'launch':
        return this.#launch();
      case 'drain':
        this.#process?.movePages();
        if (this.inFlight === 0) this.#send({ type: 'drained' });
        return undefined;
      case 'goodbye':
        return this.#process?.goodbye();
      case 'kill':
        return this.#process?.kill(effect.signal, this.state === 'draining');
      case 'clear':
        void this.#clear();
    }
  }

  #setTimer(delayMs: number | null): void {
    this.#cancelTimer();
    this.#cancelTimer =
      delayMs === null ? () => {} : this.#clock.schedule(() => this.#send({ type: 'timer' }), delayMs);
  }

  #launch(): void {
    this.#cause = undefined;
    this.#error = undefined;
    this.#isLate = false;
    const launched = new SidecarProcess(
      this.#plan,
      this.#listenTo(() => launched === this.#process),
    );
    this.#process = launched;
    launched.launch();
  }

  async #clear(): Promise<void> {
    const ended = this.#process;
    if (ended === null) return;
    const error = await ended.clear(this.#cause);
    if (ended !== this.#process) return;
    this.#process = null;
    if (error !== null) {
      this.#error = error;
      this.#listener.crashed(this, error);
    }
    this.#send({ type: 'cleared' });
  }

  /** A process that was given up may still end one day; by then it is nobody's. */
  #listenTo(isCurrent: () => boolean): SidecarProcessEvents {
    const send = (event: Event): void => {
      if (isCurrent()) this.#send(event);
    };
    return {
      hello: () => send({ type: 'hello' }),
      disconnect: (error) => {
        if (isCurrent() && isTelling(error)) this.#cause ??= error;
        send({ type: 'disconnect' });
      },
      unresponsive: () => send({ type: 'unresponsive' }),
      responsive: () => send({ type: 'responsive' }),
      exit: () => send({ type: 'exit' }),
      launchFailed: (error) => {
        if (isCurrent()) this.#cause ??= error instanceof Error ? error : new Error(String(error));
        send({ type: isPermanent(error) ? 'launchImpossible' : 'launchFailed' });
      },
      abandoned: () => this.#listener.abandoned(this),
      loaded: (durations) => {
        for (const ms of durations) this.recordLatency(ms);
        this.#listener.loaded(this);
      },
      idle: () => {
        send({ type: 'drained' });
        this.#listener.idle(this);
      },
      line: (source, line) => this.#listener.line(this, source, line),
      log: (data) => this.#listener.log(this, data),
      linkError: (error) => this.#listener.linkError(this, error),
    };
  }
}

/** That the connection breaks goes without saying when a process ends; that it broke the protocol, for instance, does not. */
function isTelling(error: Error | undefined): error is LinkError {
  return error instanceof LinkError && error.code !== 'ERR_LINK_PEER_LOST';
}

interface Settler {
  readonly until: readonly InstanceState[];
  readonly resolve: () => void;
}
