/** Every error of ipc-link: `code` is stable, the sentence says what to do, `cause` is the original where there is one. */
export class LinkError extends Error {
  // Not left to the class's own name, which minifiers change and `util.inspect` prints.
  static override readonly name: string = 'LinkError';
  override readonly name: string = 'LinkError';
  readonly code: string;

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** A value that can't be sent without changing it, or that has such a part: `ERR_LINK_UNSERIALIZABLE`. */
export class UnserializableError extends LinkError {
  static override readonly name: string = 'LinkError';
  readonly #path: string;
  readonly #what: string;

  /**
   * @param path From the value to the part, such as `.list[0]`; empty where it is the value itself.
   * @param details.of What the reader knows the value as. @default 'data'
   */
  constructor(path: string, what: string, details: { readonly of?: string; readonly cause?: unknown } = {}) {
    const { of = 'data', cause } = details;
    super(
      'ERR_LINK_UNSERIALIZABLE',
      `${of}${path} is ${what} and can't be sent. Leave it out or turn it into plain data first.`,
      { cause },
    );
    this.#path = path;
    this.#what = what;
  }

  /** The same error for a reader who knows the part at `path` as `of`. A part that is elsewhere keeps its place. */
  within(path: string, of: string): UnserializableError {
    if (!this.#path.startsWith(path)) return this;
    return new UnserializableError(this.#path.slice(path.length), this.#what, { of, cause: this.cause });
  }
}
