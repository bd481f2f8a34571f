/** Every error of ipc-link: `code` is stable, the sentence says what to do, `cause` is the original where there is one. */
export class LinkError extends Error {
  override readonly name: string = 'LinkError';
  readonly code: string;

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
