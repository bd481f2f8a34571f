import type { Message } from '../link/message.ts';
import type { Log } from './log.ts';
import type { HandlerContext } from './serve-contract.ts';

/** The second argument of a handler, for one request. */
export class Context implements HandlerContext<unknown> {
  /** Shared by all contexts. With a getter of its own, each context would have a hidden class of its own in V8, which never frees these. */
  static readonly #signal: PropertyDescriptor & ThisType<Context> = {
    get() {
      return this.#message.signal;
    },
    enumerable: true,
  };

  readonly id: string;
  /** Made when it is read, because it takes longer than the rest of a small call. It is an own property, so that spreading the context keeps it. */
  declare readonly signal: AbortSignal;
  readonly progress: (report: unknown) => void;
  readonly log: Log;
  readonly #message: Message;

  constructor(message: Message, { progress, log }: Pick<HandlerContext<unknown>, 'progress' | 'log'>) {
    this.#message = message;
    this.id = message.id;
    Object.defineProperty(this, 'signal', Context.#signal);
    this.progress = progress;
    this.log = log;
  }
}
