import { inspect } from 'node:util';
import { reasonOf } from '../link/errors.ts';
import { printable } from '../printable.ts';

/** How important a log line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Structured data of a line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A handler's logger: each call is one line, which the host gets whole. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

/** One line as it is sent to the host, as the data of a request with {@link LOG_TASK}. */
export interface LogRecord {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: LogFields;
  /** The request that the line belongs to. */
  readonly requestId?: string;
}

/** The task of requests that bring log lines to a host. */
export const LOG_TASK = 'ipc-link.log';

/** Every `LogLevel`, the least important first. */
export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Makes a logger that hands each line to `write`. */
export function createLog(write: (record: LogRecord) => void, requestId?: string): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void =>
      write({
        level,
        message,
        ...(fields === undefined ? {} : { fields }),
        ...(requestId === undefined ? {} : { requestId }),
      });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Formats a whole record as one line of text: `[warn] message { answer: 42 } (request ID)`. Line breaks and the like are escaped,
 * see `printable`. Never throws.
 */
export function formatLogRecord({ level, message, fields, requestId }: LogRecord): string {
  const details = fields === undefined ? '' : ` ${describe(fields)}`;
  const request = requestId === undefined ? '' : ` (request ${requestId})`;
  return printable(`[${level}] ${describe(message)}${details}${request}`);
}

const whole = {
  depth: Infinity,
  maxArrayLength: Infinity,
  maxStringLength: Infinity,
  breakLength: Infinity,
  compact: true,
};

/** The code by which a logged value describes itself may throw. Then the rest of the line is still kept. */
function describe(logged: unknown): string {
  try {
    return typeof logged === 'string' ? logged : inspect(logged, whole);
  } catch (error) {
    return `(what can't be described: ${reasonOf(error)})`;
  }
}
