/** What a crash report shows of stderr. */
const maxLines = 20;
const maxCharacters = 16_384;

/** How V8, Deno, Go and Rust begin the line that says why they end the process. */
const fatal = /^(?:FATAL ERROR\b|# Fatal |panic\b|fatal error: |thread '.*panicked\b)/;
/** How a line begins that names an error. A program that goes on may print such a line too. */
const errorName = /^\w*Error\b/;
/** Lines that belong to the one before: frames, properties, causes. There may be any number of them. */
const trace = /^(?:\s|\d+:|[\])}]|$)/;

/** Keeps what a crash report shows of a sidecar's stderr: the last lines, and the line that names the error. */
export class StderrTail {
  readonly #lines: string[] = [];
  #characters = 0;
  #tellingLine: string | undefined;
  /** How many lines that belong to no trace may follow before the telling line is forgotten. */
  #linesUntilForgotten = 0;

  add(line: string): void {
    // Copied, because a slice of a long text would keep the whole text in memory.
    const kept = Buffer.from(line.slice(-maxCharacters)).toString();
    this.#note(kept);
    this.#lines.push(kept);
    this.#characters += kept.length;
    while (this.#lines.length > maxLines || this.#characters > maxCharacters) this.#dropOldest();
  }

  /** The last 20 lines, or fewer where they are long: at most 16,384 characters together. */
  get lines(): readonly string[] {
    return [...this.#lines];
  }

  /**
   * The last line that names an error, however long the trace behind it is. One that says why the runtime ends the process is
   * kept; any other is forgotten after 20 lines that belong to no trace.
   */
  get tellingLine(): string | undefined {
    return this.#tellingLine;
  }

  #note(line: string): void {
    const isFatal = fatal.test(line);
    if (isFatal || errorName.test(line)) {
      this.#tellingLine = line;
      this.#linesUntilForgotten = isFatal ? Infinity : maxLines;
    } else if (!trace.test(line) && --this.#linesUntilForgotten < 0) {
      this.#tellingLine = undefined;
    }
  }

  #dropOldest(): void {
    this.#characters -= this.#lines.shift()?.length ?? 0;
  }
}
