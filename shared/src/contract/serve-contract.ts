import type { MessageListener } from '../link/message-dispatch.ts';
import { answer } from './answer.ts';
import type { Contract, ParsedInputOf, ReportOf, ResultOf, Stream, Task, YieldOf } from './define.ts';
import type { Log } from './log.ts';

/** The second argument of a handler, besides its input. */
export interface HandlerContext<Progress = never> {
  /** The request's id, the same on both sides. */
  readonly id: string;
  /** Aborted when the caller cancels, when its time is over, or when it is gone. Stop the work then. */
  readonly signal: AbortSignal;
  /**
   * Sends a report of progress to the caller. Under load older reports may be left out; the last one always arrives.
   *
   * @throws ContractError `ERR_LINK_INVALID_PROGRESS`; LinkError `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`
   */
  readonly progress: (progress: Progress) => void;
  /** Logs a line, which the host gets with the id of this request. */
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

/** The methods of a Server that take handlers. The type of Server itself needs types of Node, which a page's program does not have. */
export interface HandlingServer {
  handle(task: string, handler: MessageListener): unknown;
}

/**
 * Answers the requests for a contract's operations. Inputs are validated before a handler gets them. An error that a handler
 * throws is sent to the caller, as `message.fail` does.
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
