import {
  type ConsoleCall,
  type ConsoleFigures,
  type ConsoleInstance,
  type ConsoleLine,
  type ConsoleTick,
  TICK_MS,
} from '../bridge/console-messages.ts';
import { Ring } from './ring.ts';

/** What the charts show, in milliseconds. */
export const HISTORY_MS = 120_000;

const KEPT_CALLS = 10_000;
const KEPT_LINES = 5_000;

/** What the page shows at one time. */
export interface ConsoleView {
  /** Of the last two minutes, the oldest first. */
  readonly history: readonly ConsoleFigures[];
  readonly instances: readonly ConsoleInstance[];
  readonly calls: readonly ConsoleCall[];
  readonly lines: readonly ConsoleLine[];
  /** How many calls and lines there were since the page began. */
  readonly totalCalls: number;
  readonly totalLines: number;
}

/** Gathers what the main process tells. While it is paused the view stays as it was, and what comes is kept for later. */
export class ConsoleStore {
  readonly #history = new Ring<ConsoleFigures>(HISTORY_MS / TICK_MS);
  readonly #calls = new Ring<ConsoleCall>(KEPT_CALLS);
  readonly #lines = new Ring<ConsoleLine>(KEPT_LINES);
  #instances: readonly ConsoleInstance[] = [];
  #totalCalls = 0;
  #totalLines = 0;
  #frozen: ConsoleView | null = null;

  take({ figures, instances, calls, lines }: ConsoleTick): void {
    this.#history.add(figures);
    this.#instances = instances;
    this.#calls.add(...calls.items);
    this.#lines.add(...lines.items);
    this.#totalCalls += calls.total;
    this.#totalLines += lines.total;
  }

  get isPaused(): boolean {
    return this.#frozen !== null;
  }

  pause(): void {
    this.#frozen ??= this.view;
  }

  resume(): void {
    this.#frozen = null;
  }

  get view(): ConsoleView {
    if (this.#frozen !== null) return this.#frozen;
    return {
      history: this.#history.items,
      instances: this.#instances,
      calls: this.#calls.items,
      lines: this.#lines.items,
      totalCalls: this.#totalCalls,
      totalLines: this.#totalLines,
    };
  }
}
