/** What a crash report shows of stderr. */
const maxLines = 20;
const maxCharacters = 16_384;

/** Keeps the last lines of a sidecar's stderr for its crash report, and no more. */
export class StderrTail {
  readonly #lines: string[] = [];
  #characters = 0;

  add(line: string): void {
    // A copy: a slice of a long text would keep the whole text in memory.
    const kept = Buffer.from(line.slice(-maxCharacters)).toString();
    this.#lines.push(kept);
    this.#characters += kept.length;
    while (this.#lines.length > maxLines || this.#characters > maxCharacters) this.#dropOldest();
  }

  /** The last 20 lines, or fewer where they are long: at most 16,384 characters together. */
  get lines(): readonly string[] {
    return [...this.#lines];
  }

  #dropOldest(): void {
    this.#characters -= this.#lines.shift()?.length ?? 0;
  }
}
