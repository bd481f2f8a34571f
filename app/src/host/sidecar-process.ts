import { randomBytes } from 'node:crypto';
import { LinkError, ReplyError, type Server } from 'ipc-link';
import type { Caller, Forwarder } from 'ipc-link/contract';
import { type DirectLoad, MOVE_PAGES_TASK, type PortMessage, readLoad } from '#port';
import type { Clock } from './clock.ts';
import { explainMemory, SidecarCrashedError, type StartFailure } from './crash-report.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { noPortsError, stoppedError, stoppedInFlightError } from './errors.ts';
import type { LaunchedProcess, ProcessExit } from './launcher.ts';
import type { Lease } from './lease.ts';
import { LogIntake } from './log-intake.ts';
import { countMemoryKills } from './memory-kill.ts';
import type { ResolvedSidecar } from './options.ts';
import { Pace } from './pace.ts';
import { openPrivateLink, type PrivateLinkEvents } from './private-link.ts';
import { ProcessOutput } from './process-output.ts';
import { Slot } from './slot.ts';

/** How long a process may take to send its pages elsewhere before it is drained without. */
const MOVE_MS = 5_000;

/** What a process is started with. */
export interface SidecarProcessPlan {
  readonly sidecar: ResolvedSidecar;
  /** The instance's name, under which its process connects. */
  readonly instance: string;
  readonly execArgv: readonly string[];
  readonly socketFolders: readonly string[];
  readonly clock: Clock;
}

/** What a process reports. Each launch ends in exactly one of `exit` and `launchFailed`. */
export interface SidecarProcessEvents extends Omit<PrivateLinkEvents, 'hello' | 'load'> {
  hello(): void;
  exit(): void;
  launchFailed(error: unknown): void;
  /** A call was given up, and its handler goes on. */
  abandoned(): void;
  /** Pages have as many calls at the process as it says now; so long took those that have ended, in milliseconds. */
  loaded(durations: readonly number[]): void;
  /** The last call in flight has ended. */
  idle(): void;
  line(source: 'stdout' | 'stderr', line: string): void;
  /** A handler's log line, as it came. */
  log(data: unknown): void;
}

/** One process from its launch to the last trace of it in the host: endpoint, secret, link, output, and how it ended. */
export class SidecarProcess {
  readonly #plan: SidecarProcessPlan;
  readonly #events: SidecarProcessEvents;
  readonly #pace: Pace;
  readonly #logs: LogIntake;
  readonly #ended: Promise<Error | null>;
  #resolveEnded: (error: Error | null) => void = () => {};
  #endpoint: Endpoint | null = null;
  #server: Server | null = null;
  #caller: (Caller & Forwarder) | null = null;
  #process: LaunchedProcess | null = null;
  #output: ProcessOutput | null = null;
  #exit: ProcessExit | null = null;
  #killsBefore: number | null = null;
  /** Where a debugger can attach, as the runtime says when it begins to listen. */
  #inspectorUrl: string | undefined;
  #inFlight = 0;
  #abandoned = 0;
  /** Calls of pages that have a port to the process. */
  #direct: DirectLoad = { inFlight: 0, abandoned: 0, durations: [] };
  #hasPorts = false;
  #isInformed = false;
  /** Nobody wants the process any more: it isn't started, or killed as soon as it is there. */
  #isUnwanted = false;
  /** The host stops it, so its end is no crash. */
  #isStopping = false;
  #wasKilled = false;
  #clearing: Promise<SidecarCrashedError | StartFailure | null> | null = null;

  constructor(plan: SidecarProcessPlan, events: SidecarProcessEvents) {
    this.#plan = plan;
    this.#events = events;
    this.#pace = new Pace(plan.clock);
    this.#logs = new LogIntake(this.#pace, plan.clock, (data) => events.log(data));
    this.#ended = new Promise((resolve) => (this.#resolveEnded = resolve));
  }

  get pid(): number | undefined {
    return this.#exit === null ? this.#process?.pid : undefined;
  }

  get inspectorUrl(): string | undefined {
    return this.#exit === null ? this.#inspectorUrl : undefined;
  }

  get rss(): number | null {
    return this.#process?.rss() ?? null;
  }

  /** Calls whose handlers have not ended. */
  get inFlight(): number {
    return this.#inFlight + this.#direct.inFlight;
  }

  /** Those among them that were given up. */
  get abandoned(): number {
    return this.#abandoned + this.#direct.abandoned;
  }

  /** Starts the process; what comes of it is told by events. */
  launch(): void {
    void this.#launch().then(
      () => this.#events.exit(),
      (error: unknown) => this.#events.launchFailed(error),
    );
  }

  /**
   * Counts a call as in flight until its end.
   *
   * @param onFree Called when its slot is free again.
   * @throws LinkError `ERR_SIDECAR_STOPPED` before hello.
   */
  begin(onFree: () => void): Omit<Lease, 'instance'> {
    const caller = this.#caller;
    if (caller === null) throw stoppedError(this.#plan.sidecar.name);
    this.#inFlight++;
    const slot = new Slot({
      abandoned: () => {
        this.#abandoned++;
        this.#events.abandoned();
      },
      freed: (wasAbandoned) => {
        if (wasAbandoned) this.#abandoned--;
        this.#leave();
        onFree();
      },
    });
    return { caller, slot, explain: (error) => this.#explain(error) };
  }

  /**
   * Hands a page's port over to the process.
   *
   * @throws LinkError `ERR_SIDECAR_CONFIG` for a process that can't take one, `ERR_SIDECAR_STOPPED` for one that isn't there.
   */
  handOver(message: PortMessage, port: unknown): void {
    const { name } = this.#plan.sidecar;
    if (this.#process === null || this.#caller === null) throw stoppedError(name);
    if (this.#process.sendPort === undefined) throw noPortsError(name);
    this.#hasPorts = true;
    this.#process.sendPort(message, port);
  }

  /** Sends the pages that have a port to the process elsewhere; what they have begun is in flight as long as it takes. */
  movePages(): void {
    if (!this.#hasPorts || this.#server === null) return;
    this.#inFlight++;
    const moved = this.#server.send(this.#plan.instance, undefined, { task: MOVE_PAGES_TASK, timeout: MOVE_MS });
    void moved
      .then(({ value }) => this.#load(value))
      // A process that doesn't answer is drained as far as it can be.
      .catch(() => {})
      .finally(() => this.#leave());
  }

  #leave(): void {
    this.#inFlight--;
    if (this.inFlight === 0) this.#events.idle();
  }

  #load(data: unknown): void {
    const before = this.#direct;
    const now = readLoad(data);
    this.#direct = now;
    this.#events.loaded(now.durations);
    if (now.abandoned > before.abandoned) this.#events.abandoned();
    if (before.inFlight > 0 && this.inFlight === 0) this.#events.idle();
  }

  /** Says goodbye and closes the link: the sidecar ends by itself. */
  goodbye(): void {
    this.#isStopping = true;
    this.#logs.answerAll();
    void this.#server?.close({ drain: 0 });
  }

  /** @param isStopping Whether the host stops the instance, or gets rid of a process that hangs. */
  kill(signal: 'SIGTERM' | 'SIGKILL', isStopping: boolean): void {
    this.#isStopping ||= isStopping;
    this.#isUnwanted = true;
    this.#wasKilled = true;
    this.#process?.kill(signal);
  }

  /**
   * Reads the last output, settles the calls in flight, and removes everything that belonged to the process.
   *
   * @param cause Why the process was killed, or why it could not be started.
   * @returns The error that reports how the process ended; null where the host had asked it to end.
   */
  clear(cause: Error | undefined): Promise<SidecarCrashedError | StartFailure | null> {
    this.#clearing ??= this.#clear(cause);
    return this.#clearing;
  }

  /** Resolves when the process has ended; rejects when there was none or it could not be used. */
  async #launch(): Promise<void> {
    const endpoint = await createEndpoint(this.#plan.socketFolders);
    try {
      this.#endpoint = endpoint;
      if (!this.#isUnwanted) await this.#runAt(endpoint);
    } finally {
      // The launch outlasted the clearing.
      if (this.#clearing !== null) await this.#dispose();
    }
  }

  async #runAt(endpoint: Endpoint): Promise<void> {
    const { sidecar, instance, execArgv } = this.#plan;
    const secret = randomBytes(32);
    const events = {
      ...this.#events,
      hello: (caller: Caller & Forwarder) => this.#welcome(caller),
      load: (data: unknown) => this.#load(data),
    };
    this.#server = openPrivateLink(endpoint, {
      secret,
      name: instance,
      options: sidecar.link,
      logs: this.#logs,
      events,
    });
    // The runtime starts up while the host begins to listen.
    const launching = this.#launchProcess(endpoint.path, execArgv);
    const [listening, launched] = await Promise.allSettled([this.#server.whenReady(), launching]);
    if (launched.status === 'rejected') throw launched.reason;
    if (this.#isUnwanted || listening.status === 'rejected') launched.value.kill('SIGKILL');
    else this.#inform(launched.value, endpoint, secret);
    this.#exit = await launched.value.exit;
    if (listening.status === 'rejected') throw listening.reason;
  }

  #inform(launched: LaunchedProcess, { socketRoot, host }: Endpoint, secret: Buffer): void {
    this.#isInformed = true;
    launched.sendLaunchInfo({ socketRoot, host, name: this.#plan.instance, secret: secret.toString('base64') });
  }

  async #launchProcess(endpoint: string, execArgv: readonly string[]): Promise<LaunchedProcess> {
    const { sidecar, instance, clock } = this.#plan;
    const { launcher, entry, args, env, cwd } = sidecar;
    const launched = await launcher.launch({ entry, args, execArgv, env, cwd, label: instance, endpoint });
    this.#process = launched;
    const means = { clock, pace: this.#pace };
    this.#output = new ProcessOutput(launched, means, (source, line) => {
      if (source === 'stderr' && sidecar.inspect !== false) this.#inspectorUrl ??= readInspectorUrl(line);
      this.#events.line(source, line);
    });
    void countMemoryKills().then((count) => (this.#killsBefore = count));
    return launched;
  }

  #welcome(caller: Caller & Forwarder): void {
    this.#caller = caller;
    this.#events.hello();
  }

  /** The link knows only that the connection is gone; how the process ended is known a moment later. */
  async #explain(error: unknown): Promise<unknown> {
    if (!isLoss(error)) return error;
    const end = this.#isStopping ? null : await this.#ended;
    return end ?? stoppedInFlightError(this.#plan.sidecar.name, error);
  }

  async #clear(cause: Error | undefined): Promise<SidecarCrashedError | StartFailure | null> {
    this.#isUnwanted = true;
    // Side by side: the calls in flight wait for both.
    const [kills] = await Promise.all([this.#countKills(), this.#output?.finish()]);
    const error = this.#isStopping ? null : this.#describeEnd(cause, kills);
    this.#resolveEnded(error);
    await this.#dispose();
    return error;
  }

  /** Memory kills so far, where the end looks like one. */
  async #countKills(): Promise<number | null> {
    return this.#exit?.signal === 'SIGKILL' && !this.#wasKilled ? countMemoryKills() : null;
  }

  #describeEnd(cause: Error | undefined, killsNow: number | null): SidecarCrashedError | StartFailure {
    // Nothing that happened in the process matters before it was told whose it is.
    if (!this.#isInformed && cause !== undefined) return cause;
    const { sidecar, instance } = this.#plan;
    const { lines: stderr = [], tellingLine } = this.#output?.tail ?? {};
    const end = { exit: this.#exit, stderr, tellingLine, wasKilledByHost: this.#wasKilled };
    const wasConnected = this.#caller !== null;
    const memory = explainMemory(end, this.#killsBefore, killsNow);
    const { pid } = this.#process ?? {};
    return new SidecarCrashedError({ sidecar: sidecar.name, instance, pid, ...end, wasConnected, memory, cause });
  }

  async #dispose(): Promise<void> {
    this.#logs.answerAll();
    this.#server?.destroy();
    await Promise.all([this.#output?.finish(), this.#endpoint?.remove()]);
  }
}

function readInspectorUrl(line: string): string | undefined {
  return /^Debugger listening on (ws:\/\/127\.0\.0\.1:\S+)$/.exec(line)?.[1];
}

/** Errors by which the link says that the connection went away, as opposed to a reply that happens to carry such a code. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof LinkError) || error instanceof ReplyError) return false;
  return error.code === 'ERR_LINK_PEER_LOST' || error.code === 'ERR_LINK_CLOSED';
}
