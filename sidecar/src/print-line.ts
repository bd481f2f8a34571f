import { printable } from 'ipc-link';

/** Writes one line to stderr, which the host reads. Line breaks in the text are escaped. */
export function printLine(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
