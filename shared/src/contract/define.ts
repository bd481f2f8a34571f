import type { StandardSchemaV1 } from '@standard-schema/spec';

/** Any validator that speaks Standard Schema: zod, valibot, arktype and others (https://standardschema.dev). */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>;

/** One call, one reply, and progress in between. */
export interface Task<Input extends Schema = Schema, Output extends Schema = Schema, Progress extends Schema = Schema> {
  readonly kind: 'task';
  readonly input: Input;
  readonly output: Output;
  readonly progress?: Progress;
  /** The handler gives the same result and effect when it runs twice, so a host may retry it after a crash. */
  readonly idempotent: boolean;
}

/** One call and many items. The handler waits for the reader. */
export interface Stream<Input extends Schema = Schema, Item extends Schema = Schema> {
  readonly kind: 'stream';
  readonly input: Input;
  readonly item: Item;
}

/** A part of a contract. */
export type Operation = Task | Stream;

/** A contract's tasks and streams by name. */
export type Operations = Readonly<Record<string, Operation>>;

/** A named set of tasks and streams that both sides import. */
export interface Contract<Name extends string = string, Ops extends Operations = Operations> {
  readonly name: Name;
  readonly operations: Ops;
}

/** The arguments of `task`. */
export interface TaskShape<Input extends Schema, Output extends Schema> {
  /** Validator of what the caller passes. */
  readonly input: Input;
  /** Validator of what the handler returns. */
  readonly output: Output;
  /** Whether a host may run the task again after a crash. @default false */
  readonly idempotent?: boolean;
}

/**
 * Describes a task for {@link defineContract}.
 *
 * @param shape.progress Validator of the reports that the handler makes before its result; without it the task reports nothing.
 */
export function task<Input extends Schema, Output extends Schema, Progress extends Schema>(
  shape: TaskShape<Input, Output> & { readonly progress: Progress },
): Task<Input, Output, Progress>;
export function task<Input extends Schema, Output extends Schema>(
  shape: TaskShape<Input, Output>,
): Task<Input, Output, Schema<never>>;
export function task(shape: TaskShape<Schema, Schema> & { readonly progress?: Schema }): Task {
  const { input, output, progress, idempotent = false } = shape;
  return { kind: 'task', input, output, idempotent, ...(progress === undefined ? {} : { progress }) };
}

/** Describes a stream for {@link defineContract}: one `input`, and then `item`s until the handler or the reader ends it. */
export function stream<Input extends Schema, Item extends Schema>(shape: {
  readonly input: Input;
  readonly item: Item;
}): Stream<Input, Item> {
  return { kind: 'stream', ...shape };
}

/**
 * Names a set of tasks and streams. Both processes import the result, so that what one sends is what the other expects.
 *
 * @throws TypeError when the name is empty, or an operation is neither a `task` nor a `stream` or is called `then`.
 */
export function defineContract<const Name extends string, const Ops extends Operations>(
  name: Name,
  operations: Ops,
): Contract<Name, Ops> {
  if (name === '') throw new TypeError('defineContract(name, operations): the name must not be empty.');
  if (Object.hasOwn(operations, 'then'))
    throw new TypeError(`defineContract('${name}'): a client with 'then' would pass for a promise. Rename it.`);
  for (const [key, operation] of Object.entries(operations)) {
    if (operation?.kind !== 'task' && operation?.kind !== 'stream')
      throw new TypeError(`defineContract('${name}'): '${key}' must be made by task() or stream().`);
  }
  return Object.freeze({ name, operations: Object.freeze({ ...operations }) });
}

/** What the caller passes to an operation. */
export type InputOf<Op extends Operation> = StandardSchemaV1.InferInput<Op['input']>;
/** What the handler receives: the input after validation. */
export type ParsedInputOf<Op extends Operation> = StandardSchemaV1.InferOutput<Op['input']>;
/** What a task's handler returns. */
export type ResultOf<Op extends Task> = StandardSchemaV1.InferInput<Op['output']>;
/** What a task's caller gets: the result after validation. */
export type OutputOf<Op extends Task> = StandardSchemaV1.InferOutput<Op['output']>;
/** What a task's handler reports before its result. */
export type ReportOf<Op extends Task> =
  Op extends Task<Schema, Schema, infer P> ? StandardSchemaV1.InferInput<P> : never;
/** What a task's caller gets as progress: each report after validation. */
export type ProgressOf<Op extends Task> =
  Op extends Task<Schema, Schema, infer P> ? StandardSchemaV1.InferOutput<P> : never;
/** What a stream's handler yields. */
export type YieldOf<Op extends Stream> = StandardSchemaV1.InferInput<Op['item']>;
/** What a stream's reader gets: each item after validation. */
export type ItemOf<Op extends Stream> = StandardSchemaV1.InferOutput<Op['item']>;
