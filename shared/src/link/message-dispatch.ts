import { isThenable } from './call-guarded.ts';
import type { InboundRequest } from './inbound-request.ts';
import type { Message } from './message.ts';

/** What may handle a message; a promise that it returns is waited for, so that its rejection is not lost. */
export type MessageListener = (message: Message) => unknown;

interface Dispatch {
  readonly request: InboundRequest;
  /** Called with `receiver` as their `this`. */
  readonly listeners: readonly Function[];
  readonly receiver: unknown;
  readonly onError: (error: unknown) => void;
}

/**
 * Calls every listener. When one throws or rejects, the others are called all the same, the sender gets a failing reply
 * unless it already has one, and `onError` is called.
 */
export function dispatchMessage(message: Message, dispatch: Dispatch): void {
  const { listeners, receiver } = dispatch;
  for (const listener of listeners) {
    // `callGuarded` would take a closure for every message.
    try {
      const result: unknown = Reflect.apply(listener, receiver, [message]);
      if (result !== undefined) waitFor(result, dispatch);
    } catch (error) {
      fail(error, dispatch);
    }
  }
}

/** A handler that returned a promise goes on until that has settled. */
function waitFor(result: unknown, dispatch: Dispatch): void {
  if (!isThenable(result)) return;
  const { request } = dispatch;
  request.handlerStarted();
  Promise.resolve(result).then(
    () => request.handlerEnded(),
    (error: unknown) => {
      fail(error, dispatch);
      request.handlerEnded();
    },
  );
}

function fail(error: unknown, { request, onError }: Dispatch): void {
  // A handler that ends with an error after its caller has cancelled did what it should.
  const isCancelled = request.isAborted;
  request.fail(error);
  if (!isCancelled) onError(error);
}
