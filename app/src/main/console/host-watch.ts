import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { type ConsoleLine, type ConsoleTick, TICK_MS } from '../../bridge/console-messages.ts';
import type { LogEntry, SidecarHost, StateChange } from '../../host/index.ts';
import { CallWatch } from './call-watch.ts';
import { InstanceWatch } from './instance-watch.ts';
import { Reservoir } from './reservoir.ts';

/** Most log lines that are shown of one tick, and characters of one line. */
const KEPT_LINES = 100;
const KEPT_CHARACTERS = 2_000;

/** How often the event loop's delay is measured, in milliseconds. */
const LOOP_RESOLUTION_MS = 10;

/** Watches a host through what it offers to everybody, while it runs; else it costs nothing. */
export class HostWatch {
  readonly #host: SidecarHost;
  readonly #tell: (tick: ConsoleTick) => void;
  readonly #instances: InstanceWatch;
  readonly #calls: CallWatch;
  readonly #lines = new Reservoir(KEPT_LINES, describeLine);
  readonly #loopDelay: IntervalHistogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  readonly #onState = ({ instance }: StateChange): void => this.#instances.expect(instance);
  readonly #onLog = (entry: LogEntry): void => this.#lines.add(entry);
  readonly #schedule: (run: () => void) => () => void;
  #cancel: (() => void) | null = null;
  #readAt = 0;

  /**
   * @param tell Called at each tick.
   * @param schedule Runs something at each tick, until what it returns is called; tests have their own.
   */
  constructor(host: SidecarHost, tell: (tick: ConsoleTick) => void, schedule = everyTick) {
    this.#schedule = schedule;
    this.#host = host;
    this.#tell = tell;
    this.#instances = new InstanceWatch(host);
    this.#calls = new CallWatch((peer) => this.#instances.has(peer));
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#readAt = performance.now();
    this.#instances.read(0);
    this.#host.on('state', this.#onState);
    this.#host.on('log', this.#onLog);
    this.#calls.start();
    this.#loopDelay.reset();
    this.#loopDelay.enable();
    this.#cancel = this.#schedule(() => this.#tell(this.#read()));
  }

  stop(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#cancel = null;
    this.#loopDelay.disable();
    this.#calls.stop();
    this.#host.off('state', this.#onState);
    this.#host.off('log', this.#onLog);
    this.#lines.take();
  }

  /** Sums up what has happened since the last time, and begins anew. */
  #read(): ConsoleTick {
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

function everyTick(run: () => void): () => void {
  const timer = setInterval(run, TICK_MS);
  return () => clearInterval(timer);
}

function describeLine({ level, instance, source, message }: LogEntry): ConsoleLine {
  return { at: Date.now(), level, instance, source, message: message.slice(0, KEPT_CHARACTERS) };
}
