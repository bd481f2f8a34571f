import { inspect } from 'node:util';
import type { Server } from 'ipc-link';
import { estimateBytes, formatLogRecord, LOG_TASK, type LogRecord } from 'ipc-link/contract';
import { printLine } from './print-line.ts';

/** Lines that are on their way to the host, or that it has not answered yet because it is behind. One more is printed. */
const maxLines = 1_024;
const maxBytes = 1_048_576;

/**
 * Sends a handler's lines to the host. It answers each when it is ready for the next; a line that goes beyond what may be
 * unanswered, or that can't be sent, is printed whole instead: the host reads stderr too, and a full pipe slows the printer down.
 */
export class LogSender {
  readonly #server: Pick<Server, 'send'>;
  readonly #host: string;
  #lines = 0;
  #bytes = 0;
  /** Sent in this turn of the event loop, at the end of which they leave the process. */
  readonly #leaving = new Set<LogRecord>();

  constructor(server: Pick<Server, 'send'>, host: string) {
    this.#server = server;
    this.#host = host;
  }

  /** Never throws: fields may be anything, also what fails when it is looked at. */
  send(record: LogRecord): void {
    try {
      const bytes = estimateBytes(record);
      const hasRoom = this.#lines < maxLines && this.#bytes + bytes <= maxBytes;
      // A line that is too large by itself is sent where nothing else is under way.
      if (hasRoom || this.#lines === 0) this.#sendNow(record, bytes);
      else printLine(formatLogRecord(record));
    } catch (error) {
      printUnsent(record, error);
    }
  }

  /** Prints what would be lost if the process ended now. */
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
    // Behind the link's own, which writes what was sent in this turn.
    if (this.#leaving.size === 0) process.nextTick(() => this.#leaving.clear());
    this.#leaving.add(record);
  }
}

function printUnsent(record: LogRecord, error: unknown): void {
  const reason = error instanceof Error ? error.message : inspect(error);
  printLine(`${formatLogRecord(record)} (not logged over the link: ${reason})`);
}
