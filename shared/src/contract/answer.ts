import type { Message } from '../link/message.ts';
import { LinkError } from '../link-error.ts';
import { Context } from './context.ts';
import type { Operation } from './define.ts';
import { locate, type Place, wrongKindError } from './errors.ts';
import type { Log } from './log.ts';
import type { HandlerContext } from './serve-contract.ts';
import { readResult, validate } from './validate.ts';

/** An operation and what answers it. */
export interface Served {
  /** `contract.task` */
  readonly operation: string;
  readonly definition: Operation;
  readonly run: (input: unknown, context: HandlerContext<unknown>) => unknown;
  readonly createLog: (requestId: string) => Log;
}

/** Answers one request for an operation. After a cancel it sends nothing, because nobody waits for it. */
export async function answer(message: Message, served: Served): Promise<void> {
  const answering = new Answering(message, served);
  try {
    await answering.run();
  } catch (error) {
    const { refusal } = answering;
    if (refusal !== null && error === refusal) message.refuse(refusal);
    else message.fail(error);
  }
}

class Answering {
  /** The last error that the contract or the link made about the request or its answer. Any other error comes from the handler. */
  refusal: LinkError | null = null;
  readonly #message: Message;
  readonly #served: Served;

  constructor(message: Message, served: Served) {
    this.#message = message;
    this.#served = served;
  }

  async run(): Promise<void> {
    const { operation, definition, run, createLog } = this.#served;
    const message = this.#message;
    const isStream = definition.kind === 'stream';
    if (message.isStream !== isStream) throw this.#refuse(wrongKindError(operation, definition.kind));
    let input: unknown;
    try {
      input = await validate(definition.input, message.data, { operation, part: 'input' });
    } catch (error) {
      throw this.#refuse(error);
    }
    const progress = (report: unknown): void => this.#report(report);
    const result = run(input, new Context(message, { progress, log: createLog(message.id) }));
    if (isStream) await this.#write(result);
    else this.#reply(await result);
  }

  /** A task without a validator for progress reports nothing. If the validator is asynchronous, only the caller's side validates. */
  #report(report: unknown): void {
    const { operation, definition } = this.#served;
    if (definition.kind !== 'task' || definition.progress === undefined) return;
    const place: Place = { operation, part: 'progress' };
    try {
      const result = definition.progress['~standard'].validate(report);
      if (!(result instanceof Promise)) readResult(result, place);
      this.#message.progress(report);
    } catch (error) {
      throw this.#refuse(locate(error, place));
    }
  }

  #reply(value: unknown): void {
    try {
      this.#message.reply({ value }, true);
    } catch (error) {
      throw this.#refuse(locate(error, { operation: this.#served.operation, part: 'output' }, '.value'));
    }
  }

  async #write(items: unknown): Promise<void> {
    const { operation } = this.#served;
    if (!isAsyncIterable(items)) throw new TypeError(`${operation}: the handler must be an async generator.`);
    for await (const item of items) {
      try {
        await this.#message.write(item);
      } catch (error) {
        throw this.#refuse(locate(error, { operation, part: 'item' }));
      }
    }
    this.#message.end();
  }

  /** @returns The error, to be thrown. An error that a validator itself throws is no refusal by the contract. */
  #refuse(error: unknown): unknown {
    if (error instanceof LinkError) this.refusal = error;
    return error;
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
