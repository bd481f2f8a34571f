import { Channel } from './channel.ts';

/** Items that may wait for the reader. With more, the work waits. */
const WAITING_ITEMS = 64;

/**
 * Runs work that sends items, and gives these to a reader. The work has to wait while the reader is slow. When the reader stops,
 * or `outer` aborts, the signal of the work is aborted.
 *
 * @throws The error of the work, after all items that it has sent; the reason of `outer`, at once.
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
  // The reader does not wait for the work to stop, because a thread may be busy for long with its last request.
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
