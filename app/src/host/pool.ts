import type { Caller, Forwarder } from 'ipc-link/contract';
import type { PortMessage } from '#port';
import type { Clock } from './clock.ts';
import { Dispatcher, type Demand, SignalWaiter } from './dispatcher.ts';
import { stoppedError, stuckError } from './errors.ts';
import { InstanceTimers } from './instance-timers.ts';
import { Instance, type InstanceListener } from './instance.ts';
import type { Lease } from './lease.ts';
import type { ResolvedSidecar } from './options.ts';
import { PoolCaller } from './pool-caller.ts';

import type { InstanceStatus } from './types.ts';

export interface PoolContext {
  readonly socketFolders: readonly string[];
  readonly clock: Clock;
  /** Hears of every instance, after the pool has dealt with it. */
  readonly listener: Omit<InstanceListener, 'idle' | 'abandoned' | 'loaded'>;
}

/** The instances of one sidecar: started, stopped and replaced together, and fed from one queue. */
export class Pool {
  readonly sidecar: ResolvedSidecar;
  /** Makes calls on whatever instance is free. */
  readonly caller: Caller & Forwarder;
  readonly #context: PoolContext;
  readonly #dispatcher: Dispatcher;
  readonly #idle: InstanceTimers;
  readonly #stuck: InstanceTimers;
  /** By place: a replacement takes its predecessor's. */
  readonly #instances: Instance[];
  /** Not in the pool yet, or no longer. */
  readonly #others = new Set<Instance>();
  #named = 0;
  /** `draining`: what waits is still served, and nothing new taken. */
  #phase: 'stopped' | 'running' | 'draining' = 'stopped';
  #onLineEmpty: () => void = () => {};
  #stopping: Promise<void> | null = null;
  #stops = 0;
  #restarting: Promise<void> = Promise.resolve();

  constructor(sidecar: ResolvedSidecar, context: PoolContext) {
    const { name, concurrency, queueLimit, contract, retries, idleStopMs, replaceStuckAfterMs, link } = sidecar;
    const { clock } = context;
    this.sidecar = sidecar;
    this.#context = context;
    this.#idle = new InstanceTimers({
      afterMs: idleStopMs,
      clock,
      holds: ({ state, inFlight }) => state === 'ready' && inFlight === 0,
      act: (instance) => void instance.stop(0),
    });
    this.#stuck = new InstanceTimers({
      afterMs: replaceStuckAfterMs,
      clock,
      holds: (instance) => isStuck(instance, concurrency),
      act: (instance) => void this.#replaceStuck(instance),
    });
    this.#instances = Array.from({ length: sidecar.instances }, (_, place) => this.#create(place));
    this.#dispatcher = new Dispatcher({
      sidecar: name,
      concurrency,
      queueLimit,
      clock,
      instances: () => this.#instances,
      onWaiting: () => this.#startOnDemand(),
      onEmpty: () => this.#onLineEmpty(),
    });
    const acquire = (demand: Demand): Promise<Lease> => this.#acquire(demand);
    const { instances: places } = sidecar;
    this.caller = new PoolCaller({
      contract,
      retries,
      defaultTimeoutMs: link.timeout ?? Infinity,
      clock,
      places,
      acquire,
    });
  }

  /**
   * Starts every instance that doesn't run.
   *
   * @returns Resolves when all are ready.
   * @throws LinkError `ERR_SIDECAR_FAILED`, or `ERR_SIDECAR_STOPPED` when it is stopped meanwhile. The others go on.
   */
  async start(): Promise<void> {
    const stops = this.#stops;
    if (this.#stopping !== null) await this.#stopping;
    // Someone who stops while this start waits for the stop before means this start too.
    if (stops !== this.#stops) throw stoppedError(this.sidecar.name);
    this.#phase = 'running';
    for (const instance of this.#instances) instance.start();
    await allOf(this.#instances.map((instance) => instance.whenReady()));
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
   * Replaces the instances one after the other, each by one that is ready before the old one is drained: no call is lost.
   *
   * @param drainMs How long the old ones' calls may go on.
   * @throws What `start` throws; then the old instance stays where it is.
   */
  restart(drainMs: number): Promise<void> {
    const restart = async (): Promise<void> => {
      for (const place of this.#instances.keys()) await this.#replace(place, drainMs);
    };
    const restarting = this.#restarting.then(restart);
    this.#restarting = restarting.catch(() => {});
    return restarting;
  }

  /** One row per instance; those that are being replaced or are on their way come last. */
  get status(): InstanceStatus[] {
    return [...this.#instances, ...this.#others].map((instance) => this.statusOf(instance));
  }

  statusOf(instance: Instance): InstanceStatus {
    const { name: own, pid, state, restarts, inFlight, abandoned, rss, latency, inspectorUrl } = instance;
    const { queued } = this.#dispatcher;
    const { name } = this.sidecar;
    return { name, instance: own, pid, state, restarts, inFlight, abandoned, queued, rss, latency, inspectorUrl };
  }

  /**
   * Hands a page's port to the least busy instance, and waits for one where none is free.
   *
   * @returns Tells why the port was lost, should it be.
   * @throws What a call throws that is not begun.
   */
  async handOver(message: PortMessage, port: unknown, signal: AbortSignal): Promise<Lease['explain']> {
    const { name } = message;
    const { instance, slot, explain } = await this.#acquire({
      operation: name,
      ranking: undefined,
      avoid: undefined,
      waiter: new SignalWaiter(signal),
      timeoutMs: Infinity,
    });
    try {
      instance.handOver(message, port);
    } finally {
      // A port by itself occupies nothing.
      slot.end();
      slot.settle();
    }
    return explain;
  }

  async #acquire(demand: Demand): Promise<Lease> {
    if (this.#phase !== 'running') throw stoppedError(this.sidecar.name);
    const failure = this.#failure;
    if (failure !== null) throw failure;
    return this.#dispatcher.acquire(demand);
  }

  async #stop(drainMs: number): Promise<void> {
    const { clock } = this.#context;
    const deadline = clock.now() + drainMs;
    if (this.#phase === 'running') this.#phase = 'draining';
    if (this.#dispatcher.queued > 0) await this.#lineEmpty(drainMs);
    this.#phase = 'stopped';
    this.#dispatcher.refuseAll(stoppedError(this.sidecar.name));
    const leftMs = Math.max(0, deadline - clock.now());
    await Promise.all([...this.#instances, ...this.#others].map((instance) => instance.stop(leftMs)));
  }

  /** Resolves when nobody waits, or after `ms`. */
  async #lineEmpty(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = Number.isFinite(ms) ? this.#context.clock.schedule(resolve, ms) : () => {};
      this.#onLineEmpty = () => {
        cancel();
        resolve();
      };
    });
  }

  async #replace(place: number, drainMs: number): Promise<void> {
    if (this.#phase !== 'running') throw stoppedError(this.sidecar.name);
    const old = this.#instances[place];
    // Ended for having nothing to do: it will be new when it is needed.
    if (old === undefined || old.state === 'stopped') return;
    const fresh = this.#create(place);
    this.#others.add(fresh);
    try {
      fresh.start();
      await fresh.whenReady();
      this.#instances[place] = fresh;
      this.#others.add(old);
      this.#dispatcher.dispatch();
      await old.stop(drainMs);
    } finally {
      const leaving = this.#instances[place] === fresh ? old : fresh;
      await leaving.stop(0);
      this.#idle.forget(leaving);
      this.#stuck.forget(leaving);
      this.#others.delete(fresh);
      this.#others.delete(old);
    }
  }

  /** An instance that only works for callers who have given up makes room: its place gets a fresh one, or it ends sooner. */
  async #replaceStuck(instance: Instance): Promise<void> {
    const { listener } = this.#context;
    const place = this.#instances.indexOf(instance);
    listener.linkError(instance, stuckError(instance.name, this.sidecar.replaceStuckAfterMs));
    if (place < 0 || this.#phase !== 'running') return instance.stop(0);
    try {
      await this.#replace(place, 0);
    } catch (error) {
      listener.linkError(instance, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #create(place: number): Instance {
    const { sidecar } = this;
    const { socketFolders, clock, listener } = this.#context;
    this.#named++;
    const plan = {
      sidecar,
      instance: `${sidecar.name}-${this.#named}`,
      execArgv: [...sidecar.execArgv, ...inspectArguments(sidecar.inspect, place)],
      socketFolders,
      clock,
    };
    return new Instance(plan, {
      ...listener,
      idle: (instance) => this.#idle.watch(instance),
      abandoned: (instance) => this.#stuck.watch(instance),
      loaded: () => this.#dispatcher.dispatch(),
      changed: (instance, previous) => {
        this.#react(instance);
        listener.changed(instance, previous);
      },
    });
  }

  #react(instance: Instance): void {
    if (instance.state === 'ready') {
      this.#dispatcher.dispatch();
    }
    if (instance.state !== 'unresponsive') {
      this.#idle.watch(instance);
      this.#stuck.watch(instance);
    }
    const failure = this.#failure;
    if (failure !== null) this.#dispatcher.refuseAll(failure);
    else if (this.#dispatcher.queued > 0) this.#startOnDemand();
  }

  /** What calls reject with when no instance is left to wait for. */
  get #failure(): Error | null {
    const failed = this.#instances.find(({ state }) => state === 'failed');
    return failed !== undefined && this.#instances.every(({ state }) => state === 'failed') ? failed.failure : null;
  }

  /** Starts as many of the stopped instances as the calls that wait can use, beyond those that are coming anyway. */
  #startOnDemand(): void {
    if (this.#phase === 'stopped') return;
    const coming = this.#instances.filter(
      ({ state }) => state === 'starting' || state === 'backoff' || state === 'crashed',
    ).length;
    const wanted = Math.ceil(this.#dispatcher.queued / this.sidecar.concurrency) - coming;
    const stopped = this.#instances.filter(({ state }) => state === 'stopped');
    for (const instance of stopped.slice(0, Math.max(0, wanted))) instance.start();
  }
}

/** Whether every call that it could take, or while it drains that it still has, was given up by its caller. */
function isStuck({ state, inFlight, abandoned }: Instance, concurrency: number): boolean {
  if (abandoned === 0) return false;
  return state === 'draining' ? abandoned === inFlight : abandoned >= concurrency;
}

/** On this machine only, whatever the debugger's default is. */
function inspectArguments(inspect: boolean | number, place: number): string[] {
  if (inspect === false) return [];
  return [`--inspect=127.0.0.1:${inspect === true ? 0 : inspect + place}`];
}

/** Waits for all, then throws what the first failure threw. */
async function allOf(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) if (result.status === 'rejected') throw result.reason;
}
