import { printable } from 'ipc-link';

/** Writes one line to stderr, which the host reads, whatever the text holds. */
export function printLine(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
