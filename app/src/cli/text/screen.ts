import type { ReadStream, WriteStream } from 'node:tty';
import type { Output } from '../../terminal/output.ts';
import { cutTo } from './table.ts';

/** Sequences of ECMA-48 and xterm. */
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
const CTRL_C = '\u0003';

/** The whole terminal, whose content comes back when it is left. */
export class Screen {
  readonly #out: Output;
  readonly #stdout: Pick<WriteStream, 'columns' | 'rows'>;

  constructor(out: Output, stdout: Pick<WriteStream, 'columns' | 'rows'>) {
    this.#out = out;
    this.#stdout = stdout;
  }

  enter(): Promise<void> {
    return this.#out.write(ENTER);
  }

  /** Shows as many of the lines as there is room for. */
  show(lines: readonly string[]): Promise<void> {
    // A terminal that was told no size has none.
    const { columns, rows } = this.#stdout;
    const shown = lines.slice(0, (rows || 24) - 1).map((line) => `${cutTo(columns || 80, line)}${CLEAR_LINE}\n`);
    return this.#out.write(HOME + shown.join('') + CLEAR_BELOW);
  }

  leave(): Promise<void> {
    return this.#out.write(LEAVE);
  }
}

/** Calls back at `q` and Ctrl-C, which a terminal that reports each key does not make a signal of. @returns Ends it. */
export function onQuitKey(stdin: ReadStream, quit: () => void): () => void {
  if (!stdin.isTTY) return () => {};
  const listen = (keys: Buffer): void => {
    if (/[qQ]/.test(keys.toString()) || keys.includes(CTRL_C)) quit();
  };
  stdin.setRawMode(true);
  stdin.on('data', listen);
  return () => {
    stdin.off('data', listen);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
