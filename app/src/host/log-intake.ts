import type { Message } from 'ipc-link';
import { estimateBytes } from 'ipc-link/contract';
import type { Clock } from './clock.ts';
import { tooManyLinesError } from './errors.ts';
import type { Pace } from './pace.ts';

/** A sidecar that uses this package leaves fewer lines unanswered. Of any other, what goes beyond is refused. */
const maxUnanswered = 4_096;
const maxUnansweredBytes = 16 * 1_048_576;

interface Unanswered {
  readonly message: Pick<Message, 'reply'>;
  readonly bytes: number;
  readonly dueAt: number;
}

/** Takes the lines that a sidecar logs over the link. Each is passed on at once, and answered when the pace allows the next. */
export class LogIntake {
  readonly #pace: Pace;
  readonly #clock: Clock;
  readonly #onLine: (data: unknown) => void;
  /** Oldest first. */
  #unanswered: Unanswered[] = [];
  #unansweredBytes = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(pace: Pace, clock: Clock, onLine: (data: unknown) => void) {
    this.#pace = pace;
    this.#clock = clock;
    this.#onLine = onLine;
  }

  take(message: Pick<Message, 'data' | 'reply'>): void {
    if (this.#unanswered.length >= maxUnanswered || this.#unansweredBytes >= maxUnansweredBytes) {
      message.reply(tooManyLinesError(maxUnanswered));
      return;
    }
    this.#onLine(message.data);
    const bytes = estimateBytes(message.data);
    const waitMs = this.#pace.take(bytes, 1);
    if (waitMs === 0 && this.#unanswered.length === 0) {
      message.reply();
      return;
    }
    this.#unanswered.push({ message, bytes, dueAt: this.#clock.now() + waitMs });
    this.#unansweredBytes += bytes;
    this.#schedule();
  }

  /** Answers every line. To be called before the link is closed: the sidecar prints a line that got no answer, which would then come twice. */
  answerAll(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#answer(this.#unanswered.length);
  }

  #schedule(): void {
    const first = this.#unanswered[0];
    if (first === undefined || this.#cancelTimer !== null) return;
    const answerDue = (): void => {
      this.#cancelTimer = null;
      const now = this.#clock.now();
      const later = this.#unanswered.findIndex(({ dueAt }) => dueAt > now);
      this.#answer(later === -1 ? this.#unanswered.length : later);
      this.#schedule();
    };
    this.#cancelTimer = this.#clock.schedule(answerDue, Math.max(0, first.dueAt - this.#clock.now()));
  }

  #answer(count: number): void {
    const due = this.#unanswered.splice(0, count);
    for (const { message, bytes } of due) {
      this.#unansweredBytes -= bytes;
      message.reply();
    }
  }
}
