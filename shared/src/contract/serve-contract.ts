import type { Message } from '../link/message.ts';
import type { Server } from '../link/server.ts';
import type { Contract, Operation, ParsedInputOf, ReportOf, ResultOf, Stream, Task, YieldOf } from './define.ts';
import { wrongKindError } from './errors.ts';
import type { Log } from './log.ts';
import { readResult, validate } from './validate.ts';

/** What a handler gets besides its input. */
export interface HandlerContext<Progress = never> {
  /** The request's id, the same on both sides. */
  readonly id: string;
  /** Aborted when the caller cancels, its time is over, or it is gone. Stop then. */
  readonly signal: AbortSignal;
  /**
   * Tells the caller how far it is. Under load only the newest report arrives, and the last always does.
   *
   * @throws ContractError `ERR_LINK_INVALID_PROGRESS`
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

/**
 * Answers the requests for a contract's operations. Inputs are validated before a handler sees them; what a handler
 * throws reaches the caller as an error with the same `code` and message.
 *
 * @throws TypeError when an operation has no handler.
 */
export function serveContract<C extends Contract>(
  server: Pick<Server, 'handle'>,
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
    server.handle(operation, (message) => answer(message, operation, { definition, run, createLog }));
  }
}

interface Served {
  readonly definition: Operation;
  readonly run: (input: unknown, context: HandlerContext<unknown>) => unknown;
  readonly createLog: (requestId: string) => Log;
}

async function answer(message: Message, operation: string, served: Served): Promise<void> {
  try {
    await runHandler(message, operation, served);
  } catch (error) {
    // After a cancel there is nobody left to tell, and reply() says so by returning false.
    message.reply(error, false);
  }
}

async function runHandler(message: Message, operation: string, { definition, run, createLog }: Served): Promise<void> {
  if (message.isStream !== (definition.kind === 'stream')) {
    throw wrongKindError(operation, definition.kind);
  }
  const input = await validate(definition.input, message.data, { operation, part: 'input' });
  const context = {
    id: message.id,
    signal: message.signal,
    progress: (report: unknown) => reportProgress(message, operation, { definition, report }),
    log: createLog(message.id),
  };
  const result = run(input, context);
  if (definition.kind === 'task') message.reply({ value: await result }, true);
  else await writeStream(message, operation, result);
}

/** Without a validator for it, a task reports nothing. One that takes its time is left to the caller's side. */
function reportProgress(
  message: Message,
  operation: string,
  { definition, report }: { readonly definition: Operation; readonly report: unknown },
): void {
  if (definition.kind !== 'task' || definition.progress === undefined) return;
  const result = definition.progress['~standard'].validate(report);
  if (!(result instanceof Promise)) readResult(result, { operation, part: 'progress' });
  message.progress(report);
}

async function writeStream(message: Message, operation: string, items: unknown): Promise<void> {
  if (!isAsyncIterable(items)) throw new TypeError(`${operation}: the handler must be an async generator.`);
  for await (const item of items) await message.write(item);
  message.end();
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
