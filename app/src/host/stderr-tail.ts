/** What a crash report shows of stderr. */
const maxLines = 20;
const maxCharacters = 16_384;

/** How runtimes begin the line by which they say that the process ends here: V8, Deno, Go and Rust. */
const lastWord = /^(?:FATAL ERROR\b|# Fatal |panic\b|fatal error: |thread '.*panicked\b)/;
/** How a line begins that names an error, which a living program may print too. */
const errorName = /^\w*Error\b/;
/** Lines that belong to the one before: frames, properties, causes. There may be any number of them. */
const trace = /^(?:\s|\d+:|[\])}]|$)/;

/** Keeps the last lines of a sidecar's stderr for its crash report, the line before them that tells the most, and no more. */
export class StderrTail {
  readonly #lines: string[] = [];
  #characters = 0;
  #tellingLine: string | undefined;
  /** Lines of another matter that may follow the telling line until it is an old story. */
  #patience = 0;

  add(line: string): void {
    // A copy: a slice of a long text would keep the whole text in memory.
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
   * The last line that names an error, however long the trace behind it is: what a runtime said as it gave up, or else what was
   * said within the last 20 lines, not counting traces.
   */
  get tellingLine(): string | undefined {
    return this.#tellingLine;
  }

  #note(line: string): void {
    const isLastWord = lastWord.test(line);
    if (isLastWord || errorName.test(line)) {
      this.#tellingLine = line;
      this.#patience = isLastWord ? Infinity : maxLines;
    } else if (!trace.test(line) && --this.#patience < 0) {
      this.#tellingLine = undefined;
    }
  }

  #dropOldest(): void {
    this.#characters -= this.#lines.shift()?.length ?? 0;
  }
}
