import type { Clock } from './clock.ts';
import { LineReader } from './line-reader.ts';
import type { Pace } from './pace.ts';

/** A sidecar's stdout or stderr. */
export type OutputStream = NodeJS.ReadableStream & { destroy?(): void };

/** Reads a stream line by line, at a bounded pace and in bounded memory. */
export class OutputReader {
  readonly #stream: OutputStream;
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #lines: LineReader;
  readonly #ended: Promise<void>;
  /** Lines of the chunk that is being cut. */
  #linesCut = 0;
  #cancelPause: (() => void) | null = null;
  #isFinishing = false;
  #isOver = false;

  constructor(
    stream: OutputStream,
    { clock, pace }: { readonly clock: Clock; readonly pace: Pace },
    onLine: (line: string) => void,
  ) {
    this.#stream = stream;
    this.#clock = clock;
    this.#pace = pace;
    this.#lines = new LineReader((line) => {
      this.#linesCut++;
      onLine(line);
    });
    this.#ended = new Promise((resolve) => {
      for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
    });
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** Reads what is left, for at most `graceMs`, because a grandchild may keep the stream open for ever. */
  async finish(graceMs: number): Promise<void> {
    // The rest is read without a pause: it is no more than a pipe holds, and may say why the process has ended.
    this.#isFinishing = true;
    this.#resume();
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => (cancel = this.#clock.schedule(resolve, graceMs)));
    await Promise.race([this.#ended, late]);
    cancel();
    if (this.#isOver) return;
    this.#isOver = true;
    this.#resume();
    this.#lines.end();
    this.#stream.destroy?.();
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    this.#linesCut = 0;
    this.#lines.push(chunk);
    const waitMs = this.#pace.take(chunk.length, this.#linesCut);
    if (waitMs > 0 && !this.#isFinishing) this.#pause(waitMs);
  }

  #pause(delayMs: number): void {
    this.#stream.pause();
    this.#cancelPause ??= this.#clock.schedule(() => this.#resume(), delayMs);
  }

  #resume(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    this.#stream.resume();
  }
}
