import { inspect } from 'node:util';
import type { Server } from 'ipc-link';
import { estimateBytes, formatLogRecord, LOG_TASK, type LogRecord } from 'ipc-link/contract';
import { printLine } from './print-line.ts';

/** How many lines may wait for an answer of the host. Further lines are printed. */
const maxLines = 1_024;
const maxBytes = 1_048_576;

/**
 * Sends the lines of handlers to the host, which answers each when it is ready for the next. If too many lines have no answer, or a
 * line can't be sent, the line is printed instead: the host reads stderr too, and a full pipe slows the handler down.
 */
export class LogSender {
  readonly #server: Pick<Server, 'send'>;
  readonly #host: string;
  #lines = 0;
  #bytes = 0;
  /** Lines of this turn of the event loop. They leave the process at its end. */
  readonly #leaving = new Set<LogRecord>();

  constructor(server: Pick<Server, 'send'>, host: string) {
    this.#server = server;
    this.#host = host;
  }

  /** Never throws, even if a field throws when it is read. */
  send(record: LogRecord): void {
    try {
      const bytes = estimateBytes(record);
      const hasRoom = this.#lines < maxLines && this.#bytes + bytes <= maxBytes;
      // A line that is larger than the limit is sent if no other line is under way.
      if (hasRoom || this.#lines === 0) this.#sendNow(record, bytes);
      else printLine(formatLogRecord(record));
    } catch (error) {
      printUnsent(record, error);
    }
  }

  /** Prints the lines that would be lost if the process ended now. */
  printLeaving(): void {
    for (const record of this.#leaving) printLine(formatLogRecord(record));
    this.#leaving.clear();
  }

  #sendNow(record: LogRecord, bytes: number): void {
    this.#lines++;
    this.#bytes += bytes;
    const settle = (): void => {
      this.#lines--;
      this.#bytes -= bytes;
    };
    this.#server.send(this.#host, record, { task: LOG_TASK }).then(settle, (error: unknown) => {
      settle();
      this.#leaving.delete(record);
      printUnsent(record, error);
    });
    // This runs after the link has written what was sent in this turn.
    if (this.#leaving.size === 0) process.nextTick(() => this.#leaving.clear());
    this.#leaving.add(record);
  }
}

function printUnsent(record: LogRecord, error: unknown): void {
  const reason = error instanceof Error ? error.message : inspect(error);
  printLine(`${formatLogRecord(record)} (not logged over the link: ${reason})`);
}
