import type { Caller, Forwarder } from 'ipc-link/contract';
import type { Clock } from './clock.ts';
import { Demand, waitWith } from './demand.ts';
import { Dispatcher } from './dispatcher.ts';
import { stoppedError, stuckError, toError } from './errors.ts';
import type { HostSink, InstanceStatus } from './host-events.ts';
import { InstanceTimers } from './instance-timers.ts';
import { Instance } from './instance.ts';
import { Instances } from './instances.ts';
import type { ResolvedSidecar } from './options.ts';
import { PoolCaller } from './pool-caller.ts';
import type { PortHandover } from './types.ts';

export interface PoolContext {
  readonly socketFolders: readonly string[];
  readonly clock: Clock;
  readonly sink: HostSink;
}

/** The instances of one sidecar: started, stopped and replaced together, and fed from one queue. */
export class Pool {
  readonly sidecar: ResolvedSidecar;
  /** Makes calls on whatever instance is free. */
  readonly caller: Caller & Forwarder;
  readonly #context: PoolContext;
  readonly #dispatcher: Dispatcher;
  readonly #instances: Instances;
  readonly #idle: InstanceTimers;
  readonly #stuck: InstanceTimers;
  #named = 0;
  #isRunning = false;
  /** When the calls that are left are given up, while the pool stops. */
  #deadline = Infinity;
  #stopping: Promise<void> | null = null;
  #stops = 0;
  #restarting: Promise<void> = Promise.resolve();

  constructor(sidecar: ResolvedSidecar, context: PoolContext) {
    const { clock } = context;
    this.sidecar = sidecar;
    this.#context = context;
    this.#idle = new InstanceTimers({
      afterMs: sidecar.idleStopMs,
      clock,
      holds: ({ state, inFlight }) => state === 'ready' && inFlight === 0,
      act: (instance) => void instance.stop(0),
    });
    this.#stuck = new InstanceTimers({
      afterMs: sidecar.replaceStuckAfterMs,
      clock,
      holds: (instance) => isStuck(instance, sidecar.concurrency),
      act: (instance) => void this.#replaceStuck(instance),
    });
    const { instances: places, spares } = sidecar;
    this.#instances = new Instances({ places, spares, create: (slot) => this.#create(slot) });
    this.#dispatcher = new Dispatcher({
      sidecar,
      clock,
      instances: this.#instances.byPlace,
      refusal: () => (this.#isRunning ? this.#instances.failure : stoppedError(sidecar.name)),
      onWaiting: () => this.#startOnDemand(),
    });
    this.caller = new PoolCaller(sidecar, this.#dispatcher, clock);
  }

  /**
   * Starts every instance that doesn't run. The spares follow when the others are ready, so that they don't slow them down.
   *
   * @returns Resolves when all are ready.
   * @throws LinkError `ERR_SIDECAR_FAILED`, or `ERR_SIDECAR_STOPPED` when it is stopped meanwhile. The others go on.
   */
  async start(): Promise<void> {
    const stops = this.#stops;
    if (this.#stopping !== null) await this.#stopping;
    // A stop that was called while this start waited for the one before is meant for this start too.
    if (stops !== this.#stops) throw stoppedError(this.sidecar.name);
    this.#isRunning = true;
    await this.#instances.start();
    if (stops === this.#stops) this.#instances.startSpares();
  }

  /**
   * Takes no more calls, lets those that wait or are in flight finish, and ends every process.
   *
   * @param drainMs What is left then rejects. A later stop may set less.
   * @returns Resolves when nothing is left; never rejects.
   */
  stop(drainMs: number): Promise<void> {
    this.#stops++;
    const stopping = this.#stop(drainMs).finally(() => {
      if (this.#stopping === stopping) this.#stopping = null;
    });
    this.#stopping = stopping;
    return stopping;
  }

  /**
   * Replaces the instances one after the other, each by one that is ready before the old one is drained: no call is lost. The
   * spares come first, so that what takes a place has been started after this call.
   *
   * @param drainMs How long the old ones' calls may go on.
   * @throws What `start` throws; then the old instance stays where it is.
   */
  restart(drainMs: number): Promise<void> {
    const restart = async (): Promise<void> => {
      for (let index = 0; index < this.sidecar.spares; index++) {
        this.#checkRunning();
        await this.#instances.replaceSpare(index);
      }
      for (const place of this.#instances.byPlace.keys()) await this.#replace(place, drainMs);
      if (this.#isRunning) this.#instances.startSpares();
    };
    const restarting = this.#restarting.then(restart);
    this.#restarting = restarting.catch(() => {});
    return restarting;
  }

  /** Kills the process of one instance. @returns Whether the instance is one of this pool. */
  kill(name: string): boolean {
    const instance = this.#instances.all.find((each) => each.name === name);
    instance?.kill();
    return instance !== undefined;
  }

  /** One row per instance. The spares come last, and after them those that are being replaced or on their way. */
  get status(): InstanceStatus[] {
    return this.#instances.all.map((instance) => this.#statusOf(instance));
  }

  /**
   * Hands a page's port to the least busy instance, and waits for one where none is free.
   *
   * @returns Tells why the port was lost, should it be.
   * @throws What a call throws that is not begun.
   */
  async handOver({ message, port, signal }: PortHandover): Promise<(error: unknown) => Promise<unknown>> {
    const { clock } = this.#context;
    const options = { waiter: waitWith(signal), ranking: undefined, timeoutMs: Infinity, clock };
    const lease = await this.#dispatcher.acquire(new Demand(message.name, options));
    try {
      lease.process.handOver(message, port);
    } finally {
      // A port by itself takes no place.
      lease.end();
      lease.settle();
    }
    return (error) => lease.process.end.explain(error);
  }

  #statusOf(instance: Instance): InstanceStatus {
    return { ...instance.status, queued: this.#dispatcher.queued };
  }

  async #stop(drainMs: number): Promise<void> {
    const { clock } = this.#context;
    this.#deadline = clock.now() + drainMs;
    this.#isRunning = false;
    this.#instances.stopSpares();
    if (this.#dispatcher.queued > 0) await this.#dispatcher.drain(drainMs, stoppedError(this.sidecar.name));
    // A stop that was called meanwhile has set the time anew.
    const leftMs = Math.max(0, this.#deadline - clock.now());
    await Promise.all(this.#instances.all.map((instance) => instance.stop(leftMs)));
  }

  #checkRunning(): void {
    if (!this.#isRunning) throw stoppedError(this.sidecar.name);
  }

  async #replace(place: number, drainMs: number): Promise<void> {
    this.#checkRunning();
    await this.#instances.replace(place, drainMs, () => this.#dispatcher.dispatch());
  }

  /** A stuck instance is replaced; where it leaves its place anyway, it is stopped at once. */
  async #replaceStuck(instance: Instance): Promise<void> {
    const place = this.#instances.byPlace.indexOf(instance);
    instance.log('warn', stuckError(instance.name, this.sidecar.replaceStuckAfterMs).message);
    if (place < 0 || !this.#isRunning) return instance.stop(0);
    try {
      await this.#replace(place, 0);
    } catch (error) {
      instance.log('warn', toError(error).message);
    }
  }

  /** One that leaves has all the time that whoever ends it gives it. */
  async #relieveLeaving(instance: Instance): Promise<void> {
    if (!this.#isRunning) return;
    instance.log('info', `'${instance.name}' was asked to leave: it is drained, and another one takes its place.`);
    try {
      await this.#instances.relieveLeaving(instance, Infinity);
    } catch (error) {
      instance.log('warn', toError(error).message);
    }
  }

  #create(slot: number): Instance {
    const { sidecar } = this;
    const { socketFolders, clock, sink } = this.#context;
    this.#named++;
    const plan = {
      sidecar,
      instance: `${sidecar.name}-${this.#named}`,
      slot,
      execArgv: [...sidecar.execArgv, ...inspectArguments(sidecar.inspect, slot)],
      socketFolders,
      clock,
    };
    const instance: Instance = new Instance(plan, {
      log: sink.log,
      idle: () => this.#idle.watch(instance),
      abandoned: () => this.#stuck.watch(instance),
      leaving: () => void this.#relieveLeaving(instance),
      freed: () => this.#dispatcher.dispatch(),
      crashed: (error) => sink.crash(error, this.#statusOf(instance)),
      changed: (previous) => {
        this.#react(instance);
        sink.state({ ...this.#statusOf(instance), previous, ...errorOf(instance) });
        this.#instances.relieveCrashed(instance);
      },
    });
    return instance;
  }

  #react(instance: Instance): void {
    if (instance.state === 'ready') this.#dispatcher.dispatch();
    if (instance.state !== 'unresponsive') {
      this.#idle.watch(instance);
      this.#stuck.watch(instance);
    }
    const { failure } = this.#instances;
    if (failure !== null) this.#dispatcher.refuseAll(failure);
    else if (this.#dispatcher.queued > 0) this.#startOnDemand();
  }

  /** Starts instances that were stopped for having nothing to do, as many as the calls that wait can use. */
  #startOnDemand(): void {
    this.#instances.startStopped(Math.ceil(this.#dispatcher.queued / this.sidecar.concurrency));
  }
}

/** Whether every call that it could take was given up by its caller; of one that drains, every call that it still has. */
function isStuck({ state, inFlight, abandoned }: Instance, concurrency: number): boolean {
  if (abandoned === 0) return false;
  return state === 'draining' ? abandoned === inFlight : abandoned >= concurrency;
}

function errorOf({ state, error }: Instance): { readonly error?: Error } {
  return (state === 'backoff' || state === 'failed') && error !== undefined ? { error } : {};
}

/** Names the host in full, so that a debugger can attach on this machine only. */
function inspectArguments(inspect: boolean | number, slot: number): string[] {
  if (inspect === false) return [];
  return [`--inspect=127.0.0.1:${inspect === true ? 0 : inspect + slot}`];
}
