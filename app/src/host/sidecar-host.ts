import { EventEmitter } from 'node:events';
import { type Caller, type Client, type Contract, createClient, type Forwarder } from 'ipc-link/contract';
import { checkContracts, checkObject, readDrain } from './check-options.ts';
import { systemClock } from './clock.ts';
import { defaultSocketFolders } from './endpoint.ts';
import { toError, unknownInstanceError, unknownSidecarError } from './errors.ts';
import type { HostEvents, HostSink, InstanceStatus, LogEntry } from './host-events.ts';
import { resolveSidecarOptions } from './options.ts';
import { Pool } from './pool.ts';
import { attachToQuit, type QuittingApp } from './quit.ts';
import { removeStaleEndpoints } from './stale-endpoints.ts';
import type { DrainOptions, HostOptions, PortHandover } from './types.ts';

/** How long calls in flight may go on by default when the host stops, in milliseconds. */
const defaultDrainMs = 5_000;

/**
 * Starts sidecars, keeps them running, and brings calls to them. For any Electron main process and for plain Node.
 *
 * ```ts
 * const host = new SidecarHost({ sidecars: { files: { contract: files, entry, launcher: forkLauncher(), instances: 2 } } });
 * await host.start();
 * const { text } = await host.client(files).checksum({ root });
 * await host.stop();
 * ```
 */
export class SidecarHost extends EventEmitter<HostEvents> implements AsyncDisposable {
  readonly #pools: ReadonlyMap<string, Pool>;
  readonly #socketFolders: readonly string[];
  readonly #log: ((entry: LogEntry) => void) | undefined;

  /**
   * Starts nothing yet.
   *
   * @throws LinkError `ERR_SIDECAR_CONFIG` for an option that can't be.
   */
  constructor(options: HostOptions) {
    super();
    checkObject('its options', options);
    const { sidecars, socketFolder, log } = options;
    checkObject('sidecars', sidecars);
    this.#socketFolders = socketFolder === undefined ? defaultSocketFolders() : [socketFolder];
    this.#log = log;
    const entries = Object.entries(sidecars);
    checkContracts(entries);
    const context = { clock: systemClock, socketFolders: this.#socketFolders, sink: this.#createSink() };
    this.#pools = new Map(entries.map(([name, each]) => [name, new Pool(resolveSidecarOptions(name, each), context)]));
  }

  /**
   * Starts every instance of every sidecar, and removes what hosts left behind that were killed.
   *
   * @returns Resolves when all are ready.
   * @throws LinkError `ERR_SIDECAR_FAILED` when a sidecar can't be started (the others go on: call `stop` to end them),
   * `ERR_SIDECAR_STOPPED` when `stop` was called meanwhile.
   */
  async start(): Promise<void> {
    const jobs = [...this.#pools.values()].map((pool) => pool.start());
    const results = await Promise.allSettled([removeStaleEndpoints(this.#socketFolders), ...jobs]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /**
   * The typed client of a sidecar's contract. It works as long as the host does, whatever processes come and go. A task
   * or stream rejects, besides with what its handler throws, with
   *
   * - SidecarCrashedError `ERR_SIDECAR_CRASHED` when the process that worked on it went away,
   * - LinkError `ERR_SIDECAR_FAILED` when the sidecar is not started again, `ERR_SIDECAR_STOPPED` while the host doesn't run,
   * - LinkError `ERR_LINK_OVERLOADED` when too many calls wait, `ERR_LINK_TIMEOUT`, `ERR_LINK_CLOSED` when the host was stopped,
   * - ContractError `ERR_LINK_INVALID_INPUT`, `ERR_LINK_INVALID_OUTPUT` or `ERR_LINK_INVALID_PROGRESS` for a value that the contract
   *   does not allow; LinkError `ERR_LINK_UNSERIALIZABLE` or `ERR_LINK_TOO_LARGE` for an input that can't travel,
   * - DOMException `AbortError` when the signal was aborted.
   *
   * @throws LinkError `ERR_SIDECAR_UNKNOWN` when no sidecar serves the contract.
   */
  client<C extends Contract>(contract: C): Client<C> {
    return createClient(contract, this.caller(contract));
  }

  /**
   * Makes the calls of a contract without looking at their values, for whoever hands calls on: the sidecar validates what
   * it is sent. Works and rejects as `client`.
   *
   * @throws LinkError `ERR_SIDECAR_UNKNOWN` when no sidecar serves the contract.
   */
  caller(contract: Contract): Caller & Forwarder {
    return this.#poolFor(contract).caller;
  }

  /**
   * Hands one end of a message port over to a process that serves the contract, the least busy one; it answers what comes
   * through the port by itself. For `serveWindows`.
   *
   * @returns Tells how the process ended, for the link's error that the port was lost.
   * @throws LinkError `ERR_SIDECAR_CONFIG` where the launcher's processes can't take ports, and what a call rejects with.
   */
  async handOverPort(contract: Contract, handover: PortHandover): Promise<(error: unknown) => Promise<unknown>> {
    return this.#poolFor(contract).handOver(handover);
  }

  /**
   * Whether the contract's processes can be given message ports.
   *
   * @throws LinkError `ERR_SIDECAR_UNKNOWN` when no sidecar serves the contract.
   */
  takesPorts(contract: Contract): boolean {
    return this.#poolFor(contract).sidecar.launcher.takesPorts === true;
  }

  /** The contracts of its sidecars. */
  get contracts(): readonly Contract[] {
    return [...this.#pools.values()].map(({ sidecar }) => sidecar.contract);
  }

  #poolFor(contract: Contract): Pool {
    const pools = [...this.#pools.values()];
    const names = pools.map(({ sidecar }) => sidecar.contract.name);
    const pool = pools[names.indexOf(contract.name)];
    if (pool === undefined) throw unknownSidecarError(contract.name, names);
    return pool;
  }

  /** One row per instance, as it is now. */
  status(): InstanceStatus[] {
    return [...this.#pools.values()].flatMap((pool) => pool.status);
  }

  /**
   * Replaces a sidecar's processes one after the other by new ones and loses no call; starts them again after a failure.
   *
   * @param options.drain How long the calls of a process that leaves may go on, in milliseconds. @default Infinity
   * @throws LinkError `ERR_SIDECAR_UNKNOWN`, `ERR_SIDECAR_STOPPED`, or `ERR_SIDECAR_FAILED` when a new process can't be started;
   * then the old one stays; `ERR_SIDECAR_CONFIG` for a `drain` that can't be.
   */
  async restart(name: string, options: DrainOptions = {}): Promise<void> {
    const drain = readDrain(`restart('${name}', options)`, options, Infinity);
    const pool = this.#pools.get(name);
    if (pool === undefined) throw unknownSidecarError(name, [...this.#pools.keys()]);
    await pool.restart(drain);
  }

  /**
   * Kills the process of one instance at once, for one that hangs or misbehaves. What follows is what follows a crash: its calls
   * reject with `ERR_SIDECAR_CRASHED`, and it is started again while the crash budget lasts. Does nothing where no process runs.
   *
   * @param instance Its own name, as `status()` has it: 'files-1'.
   * @throws LinkError `ERR_SIDECAR_UNKNOWN` when there is no such instance.
   */
  kill(instance: string): void {
    const pools = [...this.#pools.values()];
    if (pools.some((pool) => pool.kill(instance))) return;
    const known = pools.flatMap((pool) => pool.status).map(({ instance: name }) => name);
    throw unknownInstanceError(instance, known);
  }

  /**
   * Takes no more calls, lets those in flight finish, and ends every process: goodbye, then SIGTERM, then SIGKILL. May be
   * called again with a shorter `drain`, and the host may be started again afterwards.
   *
   * @param options.drain How long calls may go on, in milliseconds; what is left rejects with `ERR_LINK_CLOSED`. @default 5_000
   * @returns Resolves when nothing is left.
   * @throws LinkError `ERR_SIDECAR_CONFIG` for a `drain` that can't be; nothing else.
   */
  async stop(options: DrainOptions = {}): Promise<void> {
    const drain = readDrain('stop(options)', options, defaultDrainMs);
    await Promise.all([...this.#pools.values()].map((pool) => pool.stop(drain)));
    guard(() => this.emit('stop'));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /**
   * Makes an Electron app stop the host before it quits: `host.attachTo(app)`.
   *
   * @param options.drain As for `stop`. @default 5_000
   * @returns Detaches.
   * @throws LinkError `ERR_SIDECAR_CONFIG` for a `drain` that can't be.
   */
  attachTo(app: QuittingApp, options: DrainOptions = {}): () => void {
    const drain = readDrain('attachTo(app, options)', options, defaultDrainMs);
    return attachToQuit(app, () => this.stop({ drain }));
  }

  #createSink(): HostSink {
    return {
      state: (change) => guard(() => this.emit('state', change)),
      crash: (error, instance) => guard(() => this.emit('crash', error, instance)),
      log: (entry) => {
        guard(() => this.#log?.(entry));
        guard(() => this.emit('log', entry));
      },
    };
  }
}

/** A listener that throws is reported by a warning, and ends neither the supervision nor a call. */
function guard(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    process.emitWarning(toError(error));
  }
}
