import { printable } from 'ipc-link';
import type { LogEntry } from '../host/index.ts';

/** Writes one line to stderr, with control characters escaped. Stdout is kept for results. */
export function printLine(text: string, stream: Pick<NodeJS.WritableStream, 'write'> = process.stderr): void {
  stream.write(`${printable(text)}\n`);
}

/** Prints warnings and errors of sidecars, because the user needs them too: a file that could not be searched, for example. */
export function printLog({ level, instance, message }: LogEntry, stream?: Pick<NodeJS.WritableStream, 'write'>): void {
  if (level === 'warn' || level === 'error') printLine(`${instance}: ${message}`, stream);
}

/** Prints an uncaught error: its message on one line, then its stack. */
export function printCrash(error: Error, stream?: Pick<NodeJS.WritableStream, 'write'>): void {
  printLine(String(error), stream);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  for (const frame of frames) printLine(frame, stream);
}
