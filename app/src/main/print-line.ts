import { printable } from 'ipc-link';
import type { LogEntry } from '../host/index.ts';

/** Writes one line for the person at the terminal, whatever the text holds. Stdout belongs to the app's results. */
export function printLine(text: string, stream: Pick<NodeJS.WritableStream, 'write'> = process.stderr): void {
  stream.write(`${printable(text)}\n`);
}

/** What sidecars complain about is for the user too: a file that could not be searched, say. */
export function printLog({ level, instance, message }: LogEntry, stream?: Pick<NodeJS.WritableStream, 'write'>): void {
  if (level === 'warn' || level === 'error') printLine(`${instance}: ${message}`, stream);
}

/** An error that nobody caught: what it says on one line, then where it came from. */
export function printCrash(error: Error, stream?: Pick<NodeJS.WritableStream, 'write'>): void {
  printLine(String(error), stream);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  for (const frame of frames) printLine(frame, stream);
}
