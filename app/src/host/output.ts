import type { Clock } from './clock.ts';
import { LineReader } from './line-reader.ts';

/** A sidecar's stdout or stderr. */
export type OutputStream = NodeJS.ReadableStream & { destroy?(): void };

/**
 * What is read per second, in bytes, each line counting for some more: a sidecar that writes without end is slowed down
 * by its full pipe, and the host stays quick.
 */
const budgetPerSecond = 16 * 1_048_576;
const costPerLine = 128;
/** What may come at once before the pace is kept. */
const burst = 1_048_576;

/** Reads a stream line by line, at a bounded pace and in bounded memory. */
export class OutputReader {
  readonly #stream: OutputStream;
  readonly #clock: Clock;
  readonly #lines: LineReader;
  readonly #ended: Promise<void>;
  #debt = 0;
  #paidAt: number;
  #cancelPause: (() => void) | null = null;
  #isOver = false;

  constructor(stream: OutputStream, clock: Clock, onLine: (line: string) => void) {
    this.#stream = stream;
    this.#clock = clock;
    this.#paidAt = clock.now();
    this.#lines = new LineReader((line) => {
      this.#debt += costPerLine;
      onLine(line);
    });
    this.#ended = new Promise((resolve) => {
      for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
    });
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** Reads what is left, for at most `graceMs`: a grandchild may keep the stream open for ever. */
  async finish(graceMs: number): Promise<void> {
    this.#resume();
    const { promise: isLate, cancel } = this.#wait(graceMs);
    await Promise.race([this.#ended, isLate]);
    cancel();
    if (this.#isOver) return;
    this.#isOver = true;
    this.#resume();
    this.#lines.end();
    this.#stream.destroy?.();
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    this.#lines.push(chunk);
    const now = this.#clock.now();
    this.#debt = Math.max(0, this.#debt - ((now - this.#paidAt) / 1_000) * budgetPerSecond) + chunk.length;
    this.#paidAt = now;
    if (this.#debt > burst) this.#pause();
  }

  #pause(): void {
    this.#stream.pause();
    this.#cancelPause ??= this.#clock.schedule(() => this.#resume(), (this.#debt / budgetPerSecond) * 1_000);
  }

  #resume(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    this.#stream.resume();
  }

  #wait(delayMs: number): { promise: Promise<void>; cancel: () => void } {
    let cancel = (): void => {};
    const promise = new Promise<void>((resolve) => {
      cancel = this.#clock.schedule(resolve, delayMs);
    });
    return { promise, cancel };
  }
}
