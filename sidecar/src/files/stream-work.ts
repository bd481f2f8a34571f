import { Channel } from './channel.ts';

/** Items that wait for the reader before whoever finds more has to wait. */
const WAITING_ITEMS = 64;

/**
 * Gives what some work sends, as it comes and at the reader's pace. When the reader stops, or `outer` aborts, the work's
 * own signal is aborted.
 *
 * @throws What the work throws, after all that it sent before; the reason of `outer`, at once.
 */
export async function* streamWork<Item>(
  outer: AbortSignal,
  work: (channel: Channel<Item>, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<Item, void, void> {
  const channel = new Channel<Item>(WAITING_ITEMS);
  const stop = new AbortController();
  work(channel, AbortSignal.any([outer, stop.signal])).then(
    () => channel.close(),
    (error: unknown) => channel.close({ error }),
  );
  // A thread may be busy for long with what it was asked last; the reader doesn't wait for it.
  const onAbort = (): void => channel.close({ error: outer.reason });
  outer.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const item of channel.read()) {
      outer.throwIfAborted();
      yield item;
    }
  } finally {
    outer.removeEventListener('abort', onAbort);
    stop.abort();
  }
}
