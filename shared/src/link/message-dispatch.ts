import { callGuarded } from './call-guarded.ts';
import type { InboundRequest } from './inbound-request.ts';
import { replyWithError } from './inbound-request.ts';
import type { Message } from './message.ts';

/** What may handle a message; a promise that it returns is waited for, so that its rejection is not lost. */
export type MessageListener = (message: Message) => unknown;

/**
 * Calls every listener. One that throws or rejects takes down nothing: the sender gets a failing reply, unless it
 * already has one, and `onError` hears of it.
 */
export function dispatchMessage(
  message: Message,
  {
    request,
    listeners,
    onError,
  }: {
    readonly request: InboundRequest;
    readonly listeners: readonly MessageListener[];
    readonly onError: (error: unknown) => void;
  },
): void {
  const fail = (error: unknown): void => {
    // A handler that stops because its caller has cancelled did what it should.
    if (request.isOver && request.signal.aborted) return;
    replyWithError(request, error);
    onError(error);
  };
  for (const listener of listeners) callGuarded(() => listener(message), fail);
}
