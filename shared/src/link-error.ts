/** The class of all errors of ipc-link: `code` is stable, `message` says what to do, `cause` is the original error, if any. */
export class LinkError extends Error {
  // Set explicitly, because `util.inspect` prints the class's own name, and minifiers change that.
  static override readonly name: string = 'LinkError';
  override readonly name: string = 'LinkError';
  readonly code: string;

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** `ERR_LINK_UNSERIALIZABLE`: a value, or a part of it, that can't be sent without being changed. */
export class UnserializableError extends LinkError {
  static override readonly name: string = 'LinkError';
  readonly #path: string;
  readonly #what: string;

  /**
   * @param path Path from the value to the part, such as `.list[0]`. Empty where it is the value itself.
   * @param what Description of the part, such as `a function`.
   * @param details.of Name of the value in the message. @default 'data'
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

  /** @returns The same error for a reader who knows the part at `path` by the name `of`; this error where the part is not below `path`. */
  within(path: string, of: string): UnserializableError {
    if (!this.#path.startsWith(path)) return this;
    return new UnserializableError(this.#path.slice(path.length), this.#what, { of, cause: this.cause });
  }
}
