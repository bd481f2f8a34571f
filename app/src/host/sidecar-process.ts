import { randomBytes } from 'node:crypto';
import type { Server, Socket } from 'ipc-link';
import type { Caller, Forwarder } from 'ipc-link/contract';
import { MOVE_PAGES_TASK, type PortMessage } from '#port';
import type { Clock } from './clock.ts';
import type { EndError } from './crash-report.ts';
import { createEndpoint, type Endpoint, nameEndpoint } from './endpoint.ts';
import { noPortsError, reasonOf, stoppedError, toError } from './errors.ts';
import type { HostSink } from './host-events.ts';
import { isPermanent } from './launch-failure.ts';
import type { LaunchedProcess } from './launcher.ts';
import { Load, type LoadEvents } from './load.ts';
import { handlerEntry, hostEntry, type Origin, printedEntry } from './log-entry.ts';
import { LogIntake } from './log-intake.ts';
import type { ResolvedSidecar } from './options.ts';
import { Pace } from './pace.ts';
import { lowerPriority } from './priority.ts';
import { openPrivateLink } from './private-link.ts';
import { ProcessEnd } from './process-end.ts';
import { ProcessOutput } from './process-output.ts';
import type { Event } from './transitions.ts';

/** How long a process may take to send its pages elsewhere; after that it is drained with them. */
const MOVE_MS = 5_000;

/** What a process is started with. */
export interface SidecarProcessPlan {
  readonly sidecar: ResolvedSidecar;
  /** The instance's name, under which its process connects. */
  readonly instance: string;
  /** Its number among the instances that are there at once, from 0 on. One that replaces another has the same. */
  readonly slot: number;
  readonly execArgv: readonly string[];
  readonly socketFolders: readonly string[];
  readonly clock: Clock;
}

/** What a process tells its instance. */
export interface SidecarProcessEvents extends LoadEvents, Pick<HostSink, 'log'> {
  /** Each launch ends in exactly one of `exit`, `launchFailed` and `launchImpossible`. */
  readonly happened: (event: Event) => void;
  /** Whatever runs the process wants it to end. */
  readonly leaving: () => void;
}

/** One process, from its launch until nothing of it is left in the host: endpoint, secret, link and output. */
export class SidecarProcess {
  readonly load: Load;
  readonly end: ProcessEnd;
  readonly #plan: SidecarProcessPlan;
  readonly #events: SidecarProcessEvents;
  readonly #pace: Pace;
  readonly #logs: LogIntake;
  #endpoint: Endpoint | null = null;
  #server: Server | null = null;
  #caller: (Caller & Forwarder) | null = null;
  #process: LaunchedProcess | null = null;
  #startedAt = 0;
  #output: ProcessOutput | null = null;
  #inspectorUrl: string | undefined;
  #hasPorts = false;
  /** The process is no longer wanted: it isn't started, or it is killed as soon as it is there. */
  readonly #unwanted = new AbortController();
  #clearing: Promise<EndError | null> | null = null;

  constructor(plan: SidecarProcessPlan, events: SidecarProcessEvents) {
    this.#plan = plan;
    this.#events = events;
    this.load = new Load(events);
    this.end = new ProcessEnd(plan.sidecar.name, plan.instance);
    this.#pace = new Pace(plan.clock);
    this.#logs = new LogIntake(this.#pace, plan.clock, (data) => events.log(handlerEntry(this.#origin, data)));
  }

  get pid(): number | undefined {
    return this.end.exit === null ? this.#process?.pid : undefined;
  }

  /** Where a debugger can attach, as the runtime says when it begins to listen. */
  get inspectorUrl(): string | undefined {
    return this.end.exit === null ? this.#inspectorUrl : undefined;
  }

  get rss(): number | null {
    return this.#process?.rss() ?? null;
  }

  /** Makes calls at the process; null before it has connected. */
  get caller(): (Caller & Forwarder) | null {
    return this.#caller;
  }

  /** Milliseconds since it was started; null while it doesn't run. */
  get uptime(): number | null {
    return this.#process === null || this.end.exit !== null ? null : this.#plan.clock.now() - this.#startedAt;
  }

  get cpuTime(): number | null {
    return this.#process?.cpuTime?.() ?? null;
  }

  /** The link to it, while it is connected. */
  get socket(): Socket | null {
    return this.#server?.getSocket(this.#plan.instance) ?? null;
  }

  get #origin(): Origin {
    return { sidecar: this.#plan.sidecar.name, instance: this.#plan.instance, pid: this.pid };
  }

  /** Starts the process. Events tell what comes of it. */
  launch(): void {
    const { happened } = this.#events;
    void this.#launch().then(
      () => happened({ type: 'exit', cause: this.end.exit?.cause }),
      (error: unknown) =>
        happened({ type: isPermanent(error) ? 'launchImpossible' : 'launchFailed', cause: toError(error) }),
    );
  }

  /**
   * Hands a page's port over to the process.
   *
   * @throws LinkError `ERR_SIDECAR_CONFIG` for a process that can't take one, `ERR_SIDECAR_STOPPED` for one that isn't connected.
   */
  handOver(message: PortMessage, port: unknown): void {
    const { name } = this.#plan.sidecar;
    if (this.#process === null || this.#caller === null) throw stoppedError(name);
    if (this.#process.sendPort === undefined) throw noPortsError(name);
    this.#hasPorts = true;
    this.#process.sendPort(message, port);
  }

  /** Sends the pages that have a port to the process elsewhere. What they have begun counts as in flight until it has ended. */
  movePages(): void {
    if (!this.#hasPorts || this.#server === null) return;
    this.load.begin();
    const moved = this.#server.send(this.#plan.instance, undefined, { task: MOVE_PAGES_TASK, timeout: MOVE_MS });
    void moved
      .then(({ value }) => this.load.reportDirect(value))
      // A process that doesn't answer is drained without having moved its pages.
      .catch(() => {})
      .finally(() => this.load.end(false));
  }

  /** Says goodbye and closes the link: the sidecar ends by itself. */
  goodbye(): void {
    this.end.isStopping = true;
    this.#logs.answerAll();
    void this.#server?.close({ drain: 0 });
  }

  /** @param isStopping Whether the host stops the instance; otherwise it gets rid of a process that hangs. */
  kill(signal: 'SIGTERM' | 'SIGKILL', isStopping: boolean): void {
    this.end.isStopping ||= isStopping;
    this.end.wasKilled = true;
    this.#unwanted.abort();
    this.#process?.kill(signal);
  }

  /**
   * Reads the last output, settles the calls in flight, and removes everything that belonged to the process.
   *
   * @param cause Why the process was killed, or why it could not be started.
   * @returns The error that reports how the process ended; null where the host had asked it to end.
   */
  clear(cause: Error | undefined): Promise<EndError | null> {
    this.#clearing ??= this.#clear(cause);
    return this.#clearing;
  }

  /** Resolves when the process has ended; rejects when there was none or it could not be used. */
  async #launch(): Promise<void> {
    const { transport } = this.#plan.sidecar.launcher;
    const endpoint = transport === undefined ? await createEndpoint(this.#plan.socketFolders) : nameEndpoint(transport);
    try {
      this.#endpoint = endpoint;
      if (!this.#unwanted.signal.aborted) await this.#runAt(endpoint);
    } finally {
      // Whoever cleared the process meanwhile did not find what was made after that.
      if (this.#clearing !== null) await this.#dispose();
    }
  }

  async #runAt(endpoint: Endpoint): Promise<void> {
    const secret = randomBytes(32);
    const { happened, log } = this.#events;
    const server = openPrivateLink(endpoint, {
      secret,
      plan: this.#plan,
      load: this.load,
      logs: this.#logs,
      happened,
      onConnect: (caller) => {
        this.#caller = caller;
        this.end.wasConnected = true;
        happened({ type: 'hello' });
      },
      onError: (error) => log(hostEntry(this.#origin, 'warn', error.message)),
    });
    this.#server = server;
    // The runtime starts up while the host begins to listen.
    const [listening, launched] = await Promise.allSettled([server.whenReady(), this.#start(endpoint.path)]);
    if (launched.status === 'rejected') throw launched.reason;
    if (this.#unwanted.signal.aborted || listening.status === 'rejected') launched.value.kill('SIGKILL');
    else this.#inform(launched.value, endpoint, secret);
    this.end.exit = await launched.value.exit;
    if (listening.status === 'rejected') throw listening.reason;
  }

  async #start(endpoint: string): Promise<LaunchedProcess> {
    const { sidecar, instance, execArgv, clock } = this.#plan;
    const { launcher, entry, args, env, cwd } = sidecar;
    const { signal } = this.#unwanted;
    const launched = await launcher.launch({ entry, args, execArgv, env, cwd, label: instance, endpoint, signal });
    this.#process = launched;
    void launched.leaving?.then(this.#events.leaving);
    this.#startedAt = clock.now();
    const output = new ProcessOutput(launched, { clock, pace: this.#pace }, (source, line) => {
      if (source === 'stderr' && sidecar.inspect !== false) this.#inspectorUrl ??= readInspectorUrl(line);
      this.#events.log(printedEntry(this.#origin, source, line));
    });
    this.#output = output;
    this.end.started(launched.pid, output);
    this.#lowerPriority(launched.pid);
    return launched;
  }

  /** A process whose priority can't be lowered works all the same. */
  #lowerPriority(pid: number | undefined): void {
    const { priority } = this.#plan.sidecar;
    try {
      lowerPriority(pid, priority);
    } catch (error) {
      const text = `The process keeps its priority instead of '${priority}': ${reasonOf(error)}`;
      this.#events.log(hostEntry(this.#origin, 'warn', text));
    }
  }

  #inform(launched: LaunchedProcess, { socketRoot, host }: Endpoint, secret: Buffer): void {
    this.end.wasInformed = true;
    launched.sendLaunchInfo({ socketRoot, host, name: this.#plan.instance, secret: secret.toString('base64') });
  }

  async #clear(cause: Error | undefined): Promise<EndError | null> {
    this.#unwanted.abort();
    // At the same time: whatever follows the process waits for both.
    const [error] = await Promise.all([this.end.report(cause), this.#dispose()]);
    return error;
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
