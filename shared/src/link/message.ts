import type { InboundRequest } from './inbound-request.ts';
import type { Socket } from './socket.ts';

/** The request that a message is made of, for other parts of the link. */
export let requestOf: (message: Message) => InboundRequest;

/** A request of another Server. Reply once; the sender's promise settles with it. */
export class Message {
  /** Chosen by the sender, or by its Server. */
  readonly id: string;
  /** Name of the sender's Server, as the handshake established it. */
  readonly sentBy: string;
  readonly data: unknown;
  /** The sender, to send something back. */
  readonly socket: Socket;
  /** The task that the sender named, if any. */
  readonly task: string | undefined;
  /** The sender's W3C trace context, if it sent one (https://www.w3.org/TR/trace-context/). */
  readonly traceparent: string | undefined;
  /** The key by which the sender's requests belong together, if it gave one. */
  readonly key: string | undefined;
  /** Whether the sender reads a stream: answer with `write` and `end` instead of `reply`. */
  readonly isStream: boolean;
  readonly #request: InboundRequest;

  static {
    requestOf = (message) => message.#request;
  }

  constructor(request: InboundRequest, socket: Socket) {
    const { id, data, task, traceparent, key, isStream } = request.fields;
    this.id = id;
    this.sentBy = socket.name;
    this.data = data;
    this.socket = socket;
    this.task = task;
    this.traceparent = traceparent;
    this.key = key;
    this.isStream = isStream;
    this.#request = request;
  }

  /** Aborted when the sender cancels, its timeout is over, or its connection is lost. */
  get signal(): AbortSignal {
    return this.#request.signal;
  }

  /** Whether `signal` is aborted, for whoever needs no more: making a signal costs more than a small message. */
  get isAborted(): boolean {
    return this.#request.isAborted;
  }

  /**
   * Settles the sender's promise, with `{ id, success, ...data }` (what is not an object is found under `data`). Large
   * Buffers and typed arrays are not copied: leave their bytes as they are from now on.
   *
   * A failure with an Error always arrives, as `fail` sends it.
   *
   * @param success Whether it resolves; `data.success` goes first. @default true, false where `data` is an Error
   * @returns Whether it was sent: false when the message had been answered or cancelled, or the sender is gone.
   * @throws LinkError `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`: nothing was sent, reply with something else.
   */
  reply(data?: unknown, success?: boolean): boolean {
    return this.#request.reply(data, success);
  }

  /**
   * Rejects the sender's promise with a ReplyError, as a listener does that throws. Whatever is given arrives: of an Error
   * all that can be sent, with the paths of the rest as `omitted`, cut where it is too large; of anything else a message
   * that says what it was. Never throws.
   *
   * @returns As `reply`.
   */
  fail(thrown: unknown): boolean {
    return this.#request.fail(thrown);
  }

  /**
   * As `fail`, for layers that belong to the link, such as contracts: the sender is told that the request was refused,
   * and no handler failed, so that it believes the error's `code` where that is one of the link's for refusals (see
   * docs/PROTOCOL.md).
   */
  refuse(error: object): boolean {
    return this.#request.refuse(error);
  }

  /**
   * Calls the sender's `onProgress`. While the connection is congested only the newest is kept, and that one arrives
   * before the reply.
   *
   * @returns Whether anybody still waits for the reply.
   * @throws LinkError `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`: nothing was sent.
   */
  progress(data: unknown): boolean {
    return this.#request.progress(data);
  }

  /**
   * Sends one item of a stream. Wait for the promise before the next: it is how a slow reader slows its writer. What the
   * item is made of may be used again then.
   *
   * @throws The `signal`'s reason when the reader has stopped; LinkError `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`, or
   * `ERR_LINK_INVALID_ARGUMENT` where no stream was asked for or it has ended.
   */
  write(item: unknown): Promise<void> {
    return this.#request.write(item);
  }

  /** Ends a stream. @returns Whether it was still open. */
  end(): boolean {
    return this.#request.reply(undefined, true);
  }
}
