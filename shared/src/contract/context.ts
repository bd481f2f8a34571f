import type { Message } from '../link/message.ts';
import type { Log } from './log.ts';
import type { HandlerContext } from './serve-contract.ts';

/** What the handler of one request gets besides its input. */
export class Context implements HandlerContext<unknown> {
  /** One for all contexts: with a getter of its own, each would be of a class of its own to V8, which keeps those. */
  static readonly #signal: PropertyDescriptor & ThisType<Context> = {
    get() {
      return this.#message.signal;
    },
    enumerable: true,
  };

  readonly id: string;
  /** Made for those who ask for it: it costs more than the rest of a small call. A property of the object, so that it can be spread. */
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
