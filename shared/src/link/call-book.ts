import { AbortWatch } from '../call/abort-watch.ts';
import { readOlderNever } from './older-never.ts';
import { randomBytes } from '../platform/node.ts';
import { unserializableError } from '../envelope/errors.ts';
import { Call, type CallContext, type CallRequest, type CallSink, type Outcome } from './call.ts';
import type { Clock } from './clock.ts';
import { Deadlines } from './deadlines.ts';
import { abortError, duplicateIdError } from './errors.ts';
import type { SendOptions } from './socket.ts';

export interface CallTarget {
  readonly peer: string;
  readonly data: unknown;
  readonly isStream: boolean;
}

/** Every call of one Server that has not settled, and the ids that they have taken. */
export class CallBook {
  #last: Call | null = null;
  #size = 0;
  /** Those whose id the caller chose: only they can meet an id that is taken. */
  readonly #named = new Map<string, Call>();
  readonly #aborts = new AbortWatch();
  readonly #defaultTimeoutMs: number;
  readonly #context: CallContext;
  /**
   * Keeps this Server's ids apart from those of other Servers. It is short, because V8 builds a string of up to 12 characters
   * at once; a longer one is built only when it is read, which takes ten times as long.
   */
  readonly #prefix = createPrefix();
  #count = 0;

  constructor(clock: Clock, defaultTimeoutMs: number, onSettled: (call: Call, outcome: Outcome) => void) {
    this.#defaultTimeoutMs = defaultTimeoutMs;
    this.#context = {
      clock,
      deadlines: new Deadlines(clock),
      onSettled: (call, outcome) => {
        this.#remove(call);
        onSettled(call, outcome);
      },
    };
  }

  get size(): number {
    return this.#size;
  }

  /** Opens a call. What is wrong with it fails it at once. @returns null where it has failed already. */
  open(target: CallTarget, options: SendOptions, sink: CallSink): Call | null {
    const { peer, data, isStream } = target;
    const { signal, timeout = this.#defaultTimeoutMs, task, traceparent, key } = options;
    let ownId: string | null;
    try {
      if (signal?.aborted === true) throw abortError(signal.reason);
      ownId = task === undefined ? readId(data) : null;
      if (ownId !== null && this.#isTaken(ownId)) throw duplicateIdError(ownId);
      // Last: once it is listened to, there is a call that ends it.
      if (signal !== undefined) this.#aborts.listen(signal);
    } catch (error) {
      sink.fail(error);
      options.onEnded?.();
      return null;
    }
    const id = ownId ?? this.#createId();
    const timeoutMs = readOlderNever('timeout', timeout) === Infinity ? 0 : timeout;
    const request: CallRequest = { id, peer, data, task, isStream, timeoutMs, traceparent, key };
    const call = new Call(request, sink, this.#context, options.onEnded);
    if (signal !== undefined) call.abortWith(signal, this.#aborts);
    if (ownId !== null) this.#named.set(id, call);
    this.#add(call);
    return call;
  }

  failAll(error: unknown): void {
    for (const call of this.#list()) call.cancel(error);
  }

  #add(call: Call): void {
    const last = this.#last;
    call.previous = last;
    if (last !== null) last.next = call;
    this.#last = call;
    this.#size++;
  }

  #remove(call: Call): void {
    const { previous, next } = call;
    if (previous !== null) previous.next = next;
    if (next !== null) next.previous = previous;
    else this.#last = previous;
    call.previous = null;
    call.next = null;
    this.#size--;
    if (this.#named.size > 0 && this.#named.get(call.request.id) === call) this.#named.delete(call.request.id);
  }

  /** Oldest first. */
  #list(): Call[] {
    const calls: Call[] = [];
    for (let call = this.#last; call !== null; call = call.previous) calls.push(call);
    return calls.toReversed();
  }

  /** An id of our own making comes back as a caller's when somebody hands on what a reply brought. */
  #isTaken(id: string): boolean {
    return (
      this.#named.has(id) || (id.startsWith(this.#prefix) && this.#list().some(({ request }) => request.id === id))
    );
  }

  #createId(): string {
    const id = this.#prefix + (this.#count++).toString(36);
    return this.#named.size > 0 && this.#named.has(id) ? this.#createId() : id;
  }
}

/** The sender's own id: `data.id`, where data is an object that has one. @throws LinkError `ERR_LINK_UNSERIALIZABLE` */
function readId(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null;
  let id: unknown;
  try {
    if ('id' in data) id = data.id;
  } catch (error) {
    throw unserializableError('.id', 'a getter that throws', error);
  }
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : null;
}

/** Seven characters of 0 to 9 and a to z. */
function createPrefix(): string {
  const number = randomBytes(5).reduce((value, byte) => 256 * value + byte, 0);
  return number.toString(36).padStart(8, '0').slice(-7);
}
