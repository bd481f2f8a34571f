import { LinkError, type Message, ReplyError, type Server } from 'ipc-link';
import type { Contract, Forwarder } from 'ipc-link/contract';

/** Whatever makes calls: a SidecarHost. */
export interface CallSource {
  /** Makes a contract's calls without looking at their values. */
  caller(contract: Contract): Forwarder;
}

export interface Forwarded {
  readonly contract: Contract;
  readonly operations: readonly string[];
  /** Throws for an input that is not to be sent. */
  readonly authorize: (operation: string, input: unknown) => void;
}

/** Answers a page's calls of these operations with what the sidecar answers. Values pass as they are. */
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
 * What the link and the host say is said on as theirs, under the same code; what a handler threw stays the handler's. A
 * refusal whose code was not believed here is nobody's: the page, which believes more of this process, must not believe it.
 */
export function passOn(message: Message, error: unknown): void {
  if (error instanceof ReplyError) {
    const isBelieved = error.isRefusal && error.code === error.reply['code'];
    return void (isBelieved ? message.refuse(error.reply) : message.fail(error.reply));
  }
  if (error instanceof LinkError) message.refuse(error);
  else message.fail(error);
}
