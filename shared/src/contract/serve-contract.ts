import type { MessageListener } from '../link/message-dispatch.ts';
import { answer } from './answer.ts';
import type { Contract, ParsedInputOf, ReportOf, ResultOf, Stream, Task, YieldOf } from './define.ts';
import type { Log } from './log.ts';

/** What a handler gets besides its input. */
export interface HandlerContext<Progress = never> {
  /** The request's id, the same on both sides. */
  readonly id: string;
  /** Aborted when the caller cancels, its time is over, or it is gone. Stop then. */
  readonly signal: AbortSignal;
  /**
   * Tells the caller how far it is. Under load only the newest report arrives, and the last always does.
   *
   * @throws ContractError `ERR_LINK_INVALID_PROGRESS`; LinkError `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`
   */
  readonly progress: (progress: Progress) => void;
  /** Lines that arrive in the host with this request's id. */
  readonly log: Log;
}

/** One function for each operation of a contract. */
export type Handlers<C extends Contract> = {
  readonly [Name in keyof C['operations']]: C['operations'][Name] extends Task
    ? (
        input: ParsedInputOf<C['operations'][Name]>,
        context: HandlerContext<ReportOf<C['operations'][Name]>>,
      ) => ResultOf<C['operations'][Name]> | Promise<ResultOf<C['operations'][Name]>>
    : C['operations'][Name] extends Stream
      ? (
          input: ParsedInputOf<C['operations'][Name]>,
          context: HandlerContext,
        ) => AsyncIterable<YieldOf<C['operations'][Name]>>
      : never;
};

/** What has handlers for tasks: a Server, whose own type has more of Node in it than the program of a page knows. */
export interface HandlingServer {
  handle(task: string, handler: MessageListener): unknown;
}

/**
 * Answers the requests for a contract's operations. Inputs are validated before a handler sees them; what a handler
 * throws reaches the caller, whatever it is, as `message.fail` sends it.
 *
 * @throws TypeError when an operation has no handler; LinkError `ERR_LINK_INVALID_ARGUMENT` when one is served already.
 */
export function serveContract<C extends Contract>(
  server: HandlingServer,
  contract: C,
  handlers: Handlers<C>,
  createLog: (requestId: string) => Log,
): void {
  for (const [name, definition] of Object.entries(contract.operations)) {
    const operation = `${contract.name}.${name}`;
    const handler: unknown = Object.hasOwn(handlers, name) ? Reflect.get(handlers, name) : undefined;
    if (typeof handler !== 'function')
      throw new TypeError(`serve('${contract.name}'): the handler for '${name}' is missing.`);
    const run = (input: unknown, context: HandlerContext<unknown>): unknown =>
      Reflect.apply(handler, handlers, [input, context]);
    server.handle(operation, (message) => answer(message, { operation, definition, run, createLog }));
  }
}
