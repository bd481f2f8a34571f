/** Types of the messages between a thread and the code that started it. Values are copied by structured clone. */
export interface Protocol {
  /** The `workerData` of the thread. */
  readonly data: unknown;
  readonly request: unknown;
  /** The thread sends one reply to each request. */
  readonly reply: unknown;
  /** The thread may send events before the reply. */
  readonly event?: unknown;
}

/** A message from a thread. */
export type FromThread<P extends Protocol> =
  { readonly kind: 'reply'; readonly reply: P['reply'] } | { readonly kind: 'event'; readonly event: P['event'] };
