import { logLevels, type LogFields, type LogLevel } from 'ipc-link/contract';
import type { LogEntry } from './host-events.ts';

/** Whom a line is from. */
export type Origin = Pick<LogEntry, 'sidecar' | 'instance' | 'pid'>;

/** A printed line. Programs often write mere warnings to stderr, so its lines are warnings; a blank one only sets others apart. */
export function printedEntry(origin: Origin, source: 'stdout' | 'stderr', message: string): LogEntry {
  const isWarning = source === 'stderr' && message.trim() !== '';
  return { level: isWarning ? 'warn' : 'info', message, source, ...origin };
}

/** A handler's line as it came over the link. It may be anything, and is used as far as it can be. */
export function handlerEntry(origin: Origin, data: unknown): LogEntry {
  const record: Readonly<Record<string, unknown>> =
    typeof data === 'object' && data !== null ? { ...data } : { message: data };
  const { level, message, fields, requestId } = record;
  return {
    level: isLevel(level) ? level : 'info',
    message: String(message),
    source: 'handler',
    ...origin,
    ...(typeof requestId === 'string' ? { requestId } : {}),
    ...(isFields(fields) ? { fields } : {}),
  };
}

/** A line of the host itself about a sidecar. */
export function hostEntry(origin: Origin, level: LogLevel, message: string): LogEntry {
  return { level, message, source: 'host', ...origin };
}

function isLevel(value: unknown): value is LogLevel {
  return logLevels.some((level) => level === value);
}

function isFields(value: unknown): value is LogFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
