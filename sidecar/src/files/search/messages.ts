import { getSystemErrorMap, getSystemErrorName } from 'node:util';
import type { SearchFailure } from '#contracts/files';
import { withSlashes } from '../raw-path.ts';
import { LineReader } from './read-lines.ts';

/** Longest line of a message that is kept whole, in bytes. */
const MAX_LINE_BYTES = 64 * 1024;
const PREFIX = 'rg: ';
const DEBUG = /^rg: (DEBUG|TRACE|INFO)\|/;
const BINARY = ': found binary data at offset ';
const NO_FILES = 'No files were searched';

/** Parses ripgrep's stderr: its error messages, and the number of binary files that it left out. */
export class EngineMessages {
  readonly #lines = new LineReader(MAX_LINE_BYTES);
  /** The error message that is being read. It has several lines where a file's name has a line break. */
  #complaint: Buffer[] | undefined;
  binaryFiles = 0;

  /** @returns The error messages that are complete, without `rg: ` and line break, as bytes because names need not be UTF-8. */
  *push(chunk: Buffer): Generator<Buffer, void, void> {
    for (const line of this.#lines.push(chunk)) yield* this.#read('bytes' in line ? line.bytes : line.head);
  }

  *end(): Generator<Buffer, void, void> {
    for (const line of this.#lines.end()) yield* this.#read('bytes' in line ? line.bytes : line.head);
    yield* this.#finish();
  }

  *#read(line: Buffer): Generator<Buffer, void, void> {
    const text = line.toString('latin1');
    if (text.startsWith(PREFIX)) {
      yield* this.#finish();
      const isComplaint = !DEBUG.test(text) && !text.startsWith(NO_FILES, PREFIX.length);
      if (isComplaint) this.#complaint = [line.subarray(PREFIX.length)];
    } else this.#complaint?.push(line);
    // Searched for in every line, because a name with a line break divides the message into two lines.
    if (this.#complaint === undefined && text.includes(BINARY)) this.binaryFiles += 1;
  }

  *#finish(): Generator<Buffer, void, void> {
    const complaint = this.#complaint;
    this.#complaint = undefined;
    if (complaint === undefined) return;
    yield Buffer.concat(complaint.flatMap((line, index) => (index === 0 ? [line] : [Buffer.from('\n'), line])));
  }
}

/** Reads which file or folder could not be searched, and why; `undefined` for an error message about the search itself. */
export function readFailure(complaint: string): SearchFailure | undefined {
  // When it sorts by path, ripgrep names the path twice in its error messages.
  const system =
    /^(.*): IO error for operation on \1: [^:]*\(os error (\d+)\)$/s.exec(complaint) ??
    /^(.*): [^:]*\(os error (\d+)\)$/s.exec(complaint);
  if (system !== null) {
    const [, path = '', number = ''] = system;
    return { type: 'failure', path: shortPath(path), ...describeSystemError(Number(number), complaint) };
  }
  const [, path, reason] = /^(.*): PCRE2: error matching: (.*)$/s.exec(complaint) ?? [];
  if (path === undefined || reason === undefined) return undefined;
  return {
    type: 'failure',
    path: shortPath(path),
    code: 'EPATTERN',
    reason: `the search for the pattern was stopped in this file (${reason})`,
  };
}

function describeSystemError(number: number, complaint: string): { readonly code: string; readonly reason: string } {
  const known = process.platform === 'win32' ? undefined : getSystemErrorMap().get(-number);
  if (known === undefined) return { code: 'ESEARCH', reason: complaint };
  return { code: getSystemErrorName(-number), reason: known[1] };
}

function shortPath(complained: string): string {
  const path = withSlashes(complained);
  return path.startsWith('./') ? path.slice(2) || '.' : path;
}
