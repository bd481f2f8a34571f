import type { ServerOptions } from 'ipc-link';
import type { Contract } from 'ipc-link/contract';
import type { PortMessage } from '#port';
import type { LogEntry } from './host-events.ts';
import type { Launcher } from './launcher.ts';

/** How much processor time a process gets when others want it too. */
export type ProcessPriority = 'normal' | 'below-normal' | 'low';

/** How one kind of sidecar is started, supervised and fed. All durations are milliseconds; `Infinity` means never. */
export interface SidecarOptions {
  /** What it serves. A host has one sidecar per contract. */
  readonly contract: Contract;
  /** How its processes are started: `forkLauncher()`, `utilityLauncher()` or `spawnLauncher({ command })`. */
  readonly launcher: Launcher;
  /** Its JavaScript, as an absolute path or file URL (see `resolveSidecar`). Not needed by `spawnLauncher`. */
  readonly entry?: string | URL;
  /** @default [] */
  readonly args?: readonly string[];
  /**
   * Options for Node itself, such as '--max-old-space-size=512'. Those for V8 need '--js-flags=' in front under
   * `utilityLauncher`, '--js-flags=--max-old-space-size=512'. @default []
   */
  readonly execArgv?: readonly string[];
  /** Added to the few variables that a sidecar inherits; `undefined` takes one away. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default the host's */
  readonly cwd?: string;
  /**
   * Below `'normal'` its processes leave the processors to main whenever main has something to do, so that main answers at once however busy
   * they are. They also leave them to whatever else runs on the machine. Processes on other machines keep the priority that they have there.
   *
   * @default 'normal'
   */
  readonly priority?: ProcessPriority;
  /** Lets a debugger attach, on this machine only: true on any free port, a number from that port on, one per instance. @default false */
  readonly inspect?: boolean | number;
  /** Processes at once; 'auto' is one per processor but the one that the host has. @default 1 */
  readonly instances?: number | 'auto';
  /**
   * Processes that are kept besides, started and connected, and take no calls. One of them takes the place of a process that
   * crashed, is replaced by `restart` or `replaceStuckAfter`, or was ended by `idleStop` and is needed again; another one follows.
   * Each occupies the memory of a process that has nothing to do.
   *
   * @default 0
   */
  readonly spares?: number;
  /**
   * Calls and streams in flight per process. One that was aborted or timed out counts until its handler has ended.
   *
   * @default 16
   */
  readonly concurrency?: number;
  /** Calls that wait for a process to be free. */
  readonly queue?: QueueOptions;
  /** How often a task declared `idempotent` is run again after a crash, on another process where there is one. @default 1 */
  readonly retries?: number;
  /** A process that had nothing to do for so long is ended, and started again when it is needed. @default Infinity */
  readonly idleStop?: number;
  /** How long a process may take from its start until it has connected. @default 15_000 */
  readonly startTimeout?: number;
  /** How long a process may take to end after goodbye; then comes SIGTERM, and after the same time SIGKILL. @default 2_000 */
  readonly stopTimeout?: number;
  /** How long a process may be unresponsive before it is killed and started again. @default Infinity */
  readonly killUnresponsiveAfter?: number;
  /**
   * A process that has worked for so long only on calls that were aborted or timed out is replaced by a new one. Handlers
   * that don't heed their signal would otherwise keep it busy for nobody.
   *
   * @default Infinity
   */
  readonly replaceStuckAfter?: number;
  /** What follows a crash. */
  readonly restart?: Partial<RestartPolicy>;
  /** Options of the link: `codec`, `heartbeat` and limits. */
  readonly link?: LinkOptions;
}

/** How often a sidecar that crashes is started again, and after how long. All durations are milliseconds; `Infinity` means never. */
export interface RestartPolicy {
  /** The crash with this number, within the window, is the last: the sidecar is `failed` then. @default 3 */
  readonly maxCrashes: number;
  /** How long a crash counts. @default 300_000 */
  readonly window: number;
  /** Wait after the first crash. It doubles with each further one, and up to its own length is added at random. @default 100 */
  readonly minDelay: number;
  /** The longest wait. @default 10_000 */
  readonly maxDelay: number;
}

/** What happens to calls for which no instance is free. */
export interface QueueOptions {
  /** @default 1_024 */
  readonly limit?: number;
  /** 'reject' past the limit with ERR_LINK_OVERLOADED, or let the call 'wait' however many there are. @default 'reject' */
  readonly whenFull?: 'reject' | 'wait';
}

/** Options of the private link between the host and each process; they mean the same as a Server's. */
export type LinkOptions = Pick<
  ServerOptions,
  | 'codec'
  | 'timeout'
  | 'heartbeat'
  | 'frameTimeout'
  | 'maxFrameBytes'
  | 'maxInFlight'
  | 'maxWriteBytes'
  | 'streamWindow'
>;

/** The options of a `SidecarHost`. */
export interface HostOptions {
  /** By name, which status, logs and errors show. */
  readonly sidecars: Readonly<Record<string, SidecarOptions>>;
  /** Where the folders for the sockets are made. @default the first that will do of XDG_RUNTIME_DIR, the system's folder for temporary files, and /tmp */
  readonly socketFolder?: string;
  /** Takes every log line, for a logger of your own: `log: ({ level, message, ...rest }) => pino[level](rest, message)`. */
  readonly log?: (entry: LogEntry) => void;
}

/** How processes are to end. */
export interface DrainOptions {
  /** How long calls in flight may go on, in milliseconds. `Infinity` waits until all have ended. */
  readonly drain?: number;
}

/** A message port on its way from a page to a sidecar. */
export interface PortHandover {
  /** What the page may call. */
  readonly message: PortMessage;
  /** Electron's `MessagePortMain`. */
  readonly port: unknown;
  /** Aborted when nobody is at the other end any more. */
  readonly signal: AbortSignal;
}
