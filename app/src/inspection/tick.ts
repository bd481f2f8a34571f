/** One instance at one tick. Durations are milliseconds, sizes bytes; null is what can't be told. */
export interface ConsoleInstance {
  readonly name: string;
  readonly instance: string;
  readonly state: string;
  readonly pid: number | null;
  readonly uptime: number | null;
  readonly restarts: number;
  readonly inFlight: number;
  readonly abandoned: number;
  /** Of the sidecar, all instances together. */
  readonly queued: number;
  readonly rss: number | null;
  /** Processors kept busy since the tick before: 1 is one of them all the time. */
  readonly cpu: number | null;
  readonly latency: { readonly p50: number; readonly p99: number } | null;
}

/** What happened between two ticks. */
export interface ConsoleFigures {
  /** Milliseconds since 1970, at the end. */
  readonly at: number;
  readonly spanMs: number;
  /** Calls that settled, however they did. */
  readonly calls: number;
  /** Those among them that failed or were refused. */
  readonly failures: number;
  /** Of the calls that succeeded; null where none did. */
  readonly p50: number | null;
  readonly p99: number | null;
  /** Over the links, in both directions. */
  readonly bytes: number;
  /** The longest that the main process's event loop was held up, in milliseconds. */
  readonly loopDelay: number;
}

/** A call that has settled. */
export interface ConsoleCall {
  /** Milliseconds since 1970, when it settled. */
  readonly at: number;
  /** The instance that it went to. */
  readonly peer: string;
  readonly task: string | null;
  readonly id: string;
  readonly isStream: boolean;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** null for a success; 'failed' or 'refused', and the code, after a reply with success: false; else the error's code or name. */
  readonly failure: string | null;
  /** What was sent and replied; null where bodies are not kept. */
  readonly bodies: ConsoleBodies | null;
}

/** Bodies of a call, as text of a limited length. `reply` is null where there is none. */
export interface ConsoleBodies {
  readonly request: Preview;
  readonly reply: Preview | null;
}

/** A value as text that is short enough to be shown. */
export interface Preview {
  readonly text: string;
  /** Of the whole value, about. */
  readonly bytes: number;
  /** Whether the text leaves something out. */
  readonly isCut: boolean;
}

/** A line of a sidecar's log. */
export interface ConsoleLine {
  readonly at: number;
  readonly level: string;
  readonly instance: string;
  readonly source: string;
  readonly message: string;
}

/** Some of many. */
export interface ConsoleSample<T> {
  readonly items: readonly T[];
  /** How many there were. */
  readonly total: number;
}

/** All that a watcher of a host is told at one tick. */
export interface ConsoleTick {
  readonly figures: ConsoleFigures;
  readonly instances: readonly ConsoleInstance[];
  readonly calls: ConsoleSample<ConsoleCall>;
  readonly lines: ConsoleSample<ConsoleLine>;
}
