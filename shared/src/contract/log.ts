import { inspect } from 'node:util';
import { reasonOf } from '../link/errors.ts';
import { printable } from '../printable.ts';

/** How much a log line matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Anything structured that goes with a line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A handler's logger: each call is one line, which the host gets whole. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

/** One line as it travels to the host, as the data of a request with {@link LOG_TASK}. */
export interface LogRecord {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: LogFields;
  /** The request that the line belongs to. */
  readonly requestId?: string;
}

/** The task under which a host takes log lines. */
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
 * A record as one line of text, whole: `[warn] message { answer: 42 } (request ID)`. Whatever would break the line is escaped,
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

/** What is logged may be anything, also what describes itself by code that fails; the rest of the line is worth keeping. */
function describe(logged: unknown): string {
  try {
    return typeof logged === 'string' ? logged : inspect(logged, whole);
  } catch (error) {
    return `(what can't be described: ${reasonOf(error)})`;
  }
}
