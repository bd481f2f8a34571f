import { type Caller, type CarryOptions, linkCaller } from '../contract/caller.ts';
import { ReplyError } from '../link/reply.ts';
import type { Server } from '../link/server.ts';
import { LinkError } from '../link-error.ts';
import { directName, EXPLAIN_TASK, MOVE_TASK } from '../port/direct.ts';
import { PORT_SERVER } from '../port/exposure.ts';
import { directKeyError } from './errors.ts';
import { explainedCaller } from './explained-caller.ts';
import { believeHost } from './host-errors.ts';

/** How long a page waits for the reason why a port was lost. */
const EXPLAIN_MS = 5_000;

/** The callers of contracts whose calls go straight to a sidecar, over a port of their own. */
export class DirectCallers {
  readonly #server: Server;
  readonly #callers = new Map<string, DirectCaller>();

  constructor(server: Server) {
    this.#server = server;
    // The process at the other end is about to end, so the next call asks for another port.
    server.handle(MOVE_TASK, (message) => {
      for (const caller of this.#callers.values()) caller.leave(message.sentBy);
      message.reply();
    });
  }

  callerOf(contract: string): Caller {
    const caller = new DirectCaller(contract, this.#server);
    this.#callers.set(contract, caller);
    return caller;
  }
}

class DirectCaller implements Caller {
  readonly #contract: string;
  readonly #server: Server;
  #number = 0;
  /** The name of the port that is in use, and the caller for it. */
  #name = '';
  #caller: Caller;

  constructor(contract: string, server: Server) {
    this.#contract = contract;
    this.#server = server;
    this.#caller = this.#createNext();
  }

  /** Makes the next call use another port than the one of this name. */
  leave(name: string): void {
    if (name === this.#name) this.#caller = this.#createNext();
  }

  async call(operation: string, input: unknown, options: CarryOptions): Promise<unknown> {
    if (options.key !== undefined) throw directKeyError(operation);
    return this.#caller.call(operation, input, options);
  }

  stream(operation: string, input: unknown, options: CarryOptions): AsyncIterable<unknown> {
    if (options.key !== undefined) throw directKeyError(operation);
    return this.#caller.stream(operation, input, options);
  }

  #createNext(): Caller {
    const name = directName(this.#contract, ++this.#number);
    this.#name = name;
    return explainedCaller(linkCaller(this.#server, name), (error) => this.#explain(error, name));
  }

  /** Asks the main process how the process ended: the page knows only that the port is gone. */
  async #explain(error: unknown, name: string): Promise<unknown> {
    const isLoss = error instanceof LinkError && !(error instanceof ReplyError) && error.code === 'ERR_LINK_PEER_LOST';
    if (!isLoss) return error;
    this.leave(name);
    try {
      await this.#server.send(PORT_SERVER, name, { task: EXPLAIN_TASK, timeout: EXPLAIN_MS });
      return error;
    } catch (reason) {
      return reason instanceof ReplyError && reason.isRefusal ? believeHost(reason) : error;
    }
  }
}
