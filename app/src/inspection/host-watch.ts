import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { LogEntry, SidecarHost, StateChange } from '../host/index.ts';
import { CallWatch, type KeptCalls } from './call-watch.ts';
import { InstanceWatch } from './instance-watch.ts';
import { Reservoir } from './reservoir.ts';
import type { ConsoleLine, ConsoleTick } from './tick.ts';

/** Most characters that are kept of one log line. */
const KEPT_CHARACTERS = 2_000;

/** How often the event loop's delay is measured, in milliseconds. */
const LOOP_RESOLUTION_MS = 10;

/** The most that is kept of one tick. */
export interface Kept extends KeptCalls {
  readonly lines: number;
}

/** Watches a host through what it offers to everybody, while it runs; else it costs nothing. */
export class HostWatch {
  readonly #host: SidecarHost;
  readonly #instances: InstanceWatch;
  readonly #calls: CallWatch;
  readonly #lines: Reservoir<LogEntry, ConsoleLine>;
  readonly #loopDelay: IntervalHistogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  readonly #onState = ({ instance }: StateChange): void => this.#instances.expect(instance);
  readonly #onLog = (entry: LogEntry): void => this.#lines.add(entry);
  #isRunning = false;
  #readAt = 0;

  constructor(host: SidecarHost, kept: Kept) {
    this.#host = host;
    this.#instances = new InstanceWatch(host);
    this.#calls = new CallWatch((peer) => this.#instances.has(peer), kept);
    this.#lines = new Reservoir(kept.lines, describeLine);
  }

  /** Whether the calls that are kept have their bodies from now on. */
  set keepsBodies(are: boolean) {
    this.#calls.keepsBodies = are;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#readAt = performance.now();
    this.#instances.read(0);
    this.#host.on('state', this.#onState);
    this.#host.on('log', this.#onLog);
    this.#calls.start();
    this.#loopDelay.reset();
    this.#loopDelay.enable();
  }

  stop(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#loopDelay.disable();
    this.#calls.stop();
    this.#host.off('state', this.#onState);
    this.#host.off('log', this.#onLog);
    this.#lines.take();
  }

  /** Sums up what has happened since the last time, and begins anew. */
  read(): ConsoleTick {
    const now = performance.now();
    const spanMs = now - this.#readAt;
    this.#readAt = now;
    const { instances, bytes } = this.#instances.read(spanMs);
    const { sample, ...calls } = this.#calls.read();
    const figures = { at: Date.now(), spanMs, ...calls, bytes, loopDelay: this.#readLoopDelay() };
    return { figures, instances, calls: sample, lines: this.#lines.take() };
  }

  /** The histogram holds the times between two measurements, which are the resolution apart when nothing holds the loop up. */
  #readLoopDelay(): number {
    const { max, count } = this.#loopDelay;
    this.#loopDelay.reset();
    return count === 0 ? 0 : Math.max(0, max / 1e6 - LOOP_RESOLUTION_MS);
  }
}

function describeLine({ level, instance, source, message }: LogEntry): ConsoleLine {
  return { at: Date.now(), level, instance, source, message: message.slice(0, KEPT_CHARACTERS) };
}
