import { LinkError, type Message, ReplyError, type Server } from 'ipc-link';
import type { Contract, Forwarder } from 'ipc-link/contract';

/** The part of a SidecarHost that makes calls. */
export interface CallSource {
  /** @returns Forwards calls of the contract without decoding their values. */
  caller(contract: Contract): Forwarder;
}

export interface Forwarded {
  readonly contract: Contract;
  readonly operations: readonly string[];
  /** Throws for an input that must not be sent. */
  readonly authorize: (operation: string, input: unknown) => void;
}

/** Forwards a page's calls of these operations to the sidecar, and the sidecar's answers to the page, without decoding them. */
export function forwardContract(
  server: Server,
  source: CallSource,
  { contract, operations, authorize }: Forwarded,
): void {
  const caller = source.caller(contract);
  for (const name of operations) {
    const operation = `${contract.name}.${name}`;
    server.handle(operation, async (message) => {
      try {
        authorize(operation, message.data);
        await caller.forward(operation, message);
      } catch (error) {
        passOn(message, error);
      }
    });
  }
}

/**
 * Answers a message with the error that its forwarded call ended with. An error of the link or the host goes on as a refusal
 * with the same code, and an error that a handler threw stays a handler's error. A refusal whose code this process did not
 * accept goes on as a handler's error: the page accepts codes from the main process that this one does not accept from others.
 */
export function passOn(message: Message, error: unknown): void {
  if (error instanceof ReplyError) {
    const isBelieved = error.isRefusal && error.code === error.reply['code'];
    return void (isBelieved ? message.refuse(error.reply) : message.fail(error.reply));
  }
  if (error instanceof LinkError) message.refuse(error);
  else message.fail(error);
}
