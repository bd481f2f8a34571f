/** What a crash report shows of stderr. */
const maxLines = 20;
const maxCharacters = 16_384;

/**
 * How runtimes begin the line by which they say that the process ends here: V8, Deno, Go and Rust. Traces follow that are
 * longer than what is kept.
 */
const lastWord = /^(?:FATAL ERROR\b|# Fatal |panic\b|fatal error: |thread '.*panicked\b)/;

/** Keeps the last lines of a sidecar's stderr for its crash report, its last word before them, and no more. */
export class StderrTail {
  readonly #lines: string[] = [];
  #characters = 0;
  #lastWord: string | undefined;

  add(line: string): void {
    // A copy: a slice of a long text would keep the whole text in memory.
    const kept = Buffer.from(line.slice(-maxCharacters)).toString();
    if (lastWord.test(kept)) this.#lastWord = kept;
    this.#lines.push(kept);
    this.#characters += kept.length;
    while (this.#lines.length > maxLines || this.#characters > maxCharacters) this.#dropOldest();
  }

  /** The last 20 lines, or fewer where they are long: at most 16,384 characters together. */
  get lines(): readonly string[] {
    return [...this.#lines];
  }

  /** The last line by which a runtime said that the process ends, however much it printed behind it. */
  get lastWord(): string | undefined {
    return this.#lastWord;
  }

  #dropOldest(): void {
    this.#characters -= this.#lines.shift()?.length ?? 0;
  }
}
