import type { Caller, CallOptions } from './caller.ts';
import type { Contract, InputOf, ItemOf, Operation, OutputOf, ProgressOf, Stream, Task } from './define.ts';
import { validate } from './validate.ts';
import { watchProgress } from './watch-progress.ts';

/** A contract's tasks as async functions and its streams as async iterables. */
export type Client<C extends Contract> = {
  readonly [Name in keyof C['operations']]: C['operations'][Name] extends Task
    ? (
        input: InputOf<C['operations'][Name]>,
        options?: CallOptions<ProgressOf<C['operations'][Name]>>,
      ) => Promise<OutputOf<C['operations'][Name]>>
    : C['operations'][Name] extends Stream
      ? (
          input: InputOf<C['operations'][Name]>,
          options?: Omit<CallOptions, 'onProgress'>,
        ) => AsyncIterableIterator<ItemOf<C['operations'][Name]>, undefined>
      : never;
};

/**
 * Makes the typed client of a contract. What goes out and what comes back is validated here, whatever the other side
 * does. Input travels as the caller gave it, so that a validator which transforms it does so once, on the other side.
 *
 * @throws From its calls: ContractError, and whatever the caller throws.
 */
export function createClient<C extends Contract>(contract: C, caller: Caller): Client<C> {
  const methods = Object.entries(contract.operations).map(([name, operation]) => [
    name,
    createMethod(`${contract.name}.${name}`, operation, caller),
  ]);
  return Object.freeze(Object.fromEntries(methods));
}

function createMethod(operation: string, definition: Operation, caller: Caller): unknown {
  return definition.kind === 'task'
    ? (input: unknown, options: CallOptions = {}) => callTask(operation, definition, { caller, input, options })
    : (input: unknown, options: CallOptions = {}) => readStream(operation, definition, { caller, input, options });
}

interface Call {
  readonly caller: Caller;
  readonly input: unknown;
  readonly options: CallOptions;
}

async function callTask(operation: string, definition: Task, { caller, input, options }: Call): Promise<unknown> {
  await validate(definition.input, input, { operation, part: 'input' });
  const watched = watchProgress(operation, definition, options);
  const output = await caller.call(operation, input, watched.options).catch((error: unknown) => {
    throw watched.explain(error);
  });
  return validate(definition.output, output, { operation, part: 'output' });
}

async function* readStream(
  operation: string,
  definition: Stream,
  { caller, input, options }: Call,
): AsyncGenerator<unknown, undefined> {
  await validate(definition.input, input, { operation, part: 'input' });
  for await (const item of caller.stream(operation, input, options)) {
    yield await validate(definition.item, item, { operation, part: 'item' });
  }
  return undefined;
}
