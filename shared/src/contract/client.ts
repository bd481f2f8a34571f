import { AbortWatch } from '../call/abort-watch.ts';
import { checkOptions } from '../call/options.ts';
import type { Caller, CallOptions } from './caller.ts';
import type { Contract, InputOf, ItemOf, Operation, OutputOf, ProgressOf, Stream, Task } from './define.ts';
import { locate } from './errors.ts';
import { validate } from './validate.ts';
import { watchProgress } from './watch-progress.ts';

/** A contract's tasks as async functions and its streams as async iterables. */
export type Client<C extends Contract> = {
  readonly [Name in keyof C['operations']]: C['operations'][Name] extends Task
    ? (
        ...args: CallArguments<InputOf<C['operations'][Name]>, CallOptions<ProgressOf<C['operations'][Name]>>>
      ) => Promise<OutputOf<C['operations'][Name]>>
    : C['operations'][Name] extends Stream
      ? (
          ...args: CallArguments<InputOf<C['operations'][Name]>, Omit<CallOptions, 'onProgress'>>
        ) => AsyncIterableIterator<ItemOf<C['operations'][Name]>, undefined>
      : never;
};

/** The arguments of a client's method. An input that may be undefined may also be left out. */
export type CallArguments<Input, Options> = undefined extends Input
  ? [input?: Input, options?: Options]
  : [input: Input, options?: Options];

/**
 * Makes the typed client of a contract. It validates inputs and results, even if the other side does so too. The input is
 * sent as the caller gave it, so that a validator which transforms it does so only once, on the other side.
 *
 * @throws From its calls: ContractError, LinkError `ERR_LINK_INVALID_ARGUMENT` for wrong options, and the errors of the
 * caller.
 */
export function createClient<C extends Contract>(contract: C, caller: Caller): Client<C> {
  const aborts = new AbortWatch();
  const methods = Object.entries(contract.operations).map(([name, operation]) => [
    name,
    createMethod(`${contract.name}.${name}`, operation, { caller, aborts }),
  ]);
  return Object.freeze(Object.fromEntries(methods));
}

/** What all calls of one client share. */
interface Shared {
  readonly caller: Caller;
  readonly aborts: AbortWatch;
}

function createMethod(operation: string, definition: Operation, shared: Shared): unknown {
  const { caller, aborts } = shared;
  return definition.kind === 'task'
    ? (input: unknown, options: CallOptions = {}) => callTask(operation, definition, { caller, aborts, input, options })
    : (input: unknown, options: CallOptions = {}) => readStream(operation, definition, { caller, input, options });
}

interface Call {
  readonly caller: Caller;
  readonly input: unknown;
  readonly options: CallOptions;
}

async function callTask(operation: string, definition: Task, call: Call & Shared): Promise<unknown> {
  const { caller, input } = call;
  checkOptions(operation, call.options);
  await validate(definition.input, input, { operation, part: 'input' });
  const { options, explain, end } = watchProgress(operation, definition, call);
  let output: unknown;
  try {
    output = await caller.call(operation, input, options);
  } catch (error) {
    throw explain(locate(error, { operation, part: 'input' }));
  } finally {
    end();
  }
  return validate(definition.output, output, { operation, part: 'output' });
}

async function* readStream(
  operation: string,
  definition: Stream,
  { caller, input, options }: Call,
): AsyncGenerator<unknown, undefined> {
  checkOptions(operation, options);
  await validate(definition.input, input, { operation, part: 'input' });
  try {
    for await (const item of caller.stream(operation, input, options)) {
      // `yield` waits for a promise by itself.
      yield validate(definition.item, item, { operation, part: 'item' });
    }
  } catch (error) {
    throw locate(error, { operation, part: 'input' });
  }
  return undefined;
}
