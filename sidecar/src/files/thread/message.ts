/** What a thread and its owner say to each other; every value is copied between them by structured clone. */
export interface Protocol {
  /** What the thread is started with. */
  readonly data: unknown;
  readonly request: unknown;
  /** One to each request. */
  readonly reply: unknown;
  /** What the thread may say at any time before the reply. */
  readonly event?: unknown;
}

/** What comes out of a thread. */
export type FromThread<P extends Protocol> =
  { readonly kind: 'reply'; readonly reply: P['reply'] } | { readonly kind: 'event'; readonly event: P['event'] };
