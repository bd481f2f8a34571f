import type { LogFields, LogLevel } from 'ipc-link/contract';
import type { SidecarCrashedError, StartFailure } from './crash-report.ts';
import type { LatencySummary } from './latency.ts';
import type { InstanceState } from './transitions.ts';

/** The events of a `SidecarHost`, each with what its listeners are given. */
export interface HostEvents {
  /** An instance is in another state. */
  state: [change: StateChange];
  /** A process ended without being told to, or could not be started. */
  crash: [error: SidecarCrashedError | StartFailure, instance: InstanceStatus];
  /** A line was logged or printed. */
  log: [entry: LogEntry];
  /** The host has stopped: no process is left. */
  stop: [];
}

/** Takes what the listeners of a host are told of its sidecars, with one function for each event. It is handed down to whoever has something to tell. */
export type HostSink = { readonly [Event in Exclude<keyof HostEvents, 'stop'>]: (...args: HostEvents[Event]) => void };

/** One instance as it is now. */
export interface InstanceStatus {
  /** The sidecar's name in the host's configuration. */
  readonly name: string;
  /** The instance's own, such as 'files-1'. */
  readonly instance: string;
  /** undefined while no process runs. */
  readonly pid: number | undefined;
  readonly state: InstanceState;
  /** Milliseconds since its current process was started; null while none runs. */
  readonly uptime: number | null;
  /** Starts after a crash, of all processes that this instance has had. A spare that takes another's place goes on counting from there. */
  readonly restarts: number;
  /** Calls and streams whose handlers have not ended. */
  readonly inFlight: number;
  /** Those among them that were aborted or timed out: their handlers go on, and nobody waits for them. */
  readonly abandoned: number;
  /** Calls that wait for an instance of this sidecar, all together. */
  readonly queued: number;
  /** Memory that it occupies, in bytes; null where that can't be told. */
  readonly rss: number | null;
  /** Processor time that its current process has used so far, in milliseconds; null where that can't be told. */
  readonly cpuTime: number | null;
  /** Bytes that its current process was sent over the link, frames and all. Bytes that pages send it directly are not counted. */
  readonly bytesSent: number;
  /** Bytes that came from it. */
  readonly bytesReceived: number;
  /** From handing a call to the process to its reply; null before the first. */
  readonly latency: LatencySummary | null;
  /** Where a debugger can attach, `ws://127.0.0.1:...`; undefined without `inspect`, and until the runtime listens there. */
  readonly inspectorUrl: string | undefined;
}

/** What the `state` event carries. */
export interface StateChange extends InstanceStatus {
  readonly previous: InstanceState;
  /** How the last process ended, in the states backoff and failed. */
  readonly error?: Error;
}

/** One line that was logged or printed. */
export interface LogEntry {
  readonly level: LogLevel;
  readonly message: string;
  /** `handler`: a handler's `log`; `stdout` and `stderr`: printed; `host`: said by the host about the sidecar. */
  readonly source: 'handler' | 'stdout' | 'stderr' | 'host';
  readonly sidecar: string;
  readonly instance: string;
  readonly pid: number | undefined;
  /** The call that a handler's line belongs to. */
  readonly requestId?: string;
  readonly fields?: LogFields;
}
