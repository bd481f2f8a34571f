import type { Caller } from '../contract/caller.ts';

/**
 * Wraps a caller so that the errors of its calls are replaced. Items do not pass through a generator, which would double the time
 * that each takes.
 */
export function explainedCaller(caller: Caller, explain: (error: unknown) => unknown): Caller {
  const fail = async (error: unknown): Promise<never> => {
    throw await explain(error);
  };
  return {
    call: (operation, input, options) => caller.call(operation, input, options).catch(fail),
    stream: (operation, input, options) => explainItems(caller.stream(operation, input, options), fail),
  };
}

function explainItems(items: AsyncIterable<unknown>, fail: (error: unknown) => Promise<never>): AsyncIterable<unknown> {
  const iterator = items[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => iterator.next().catch(fail),
      return: () => iterator.return?.() ?? Promise.resolve({ value: undefined, done: true }),
    }),
  };
}
