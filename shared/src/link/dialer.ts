import { LinkError } from '../link-error.ts';
import type { Transport } from '../transport/transport.ts';
import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { connectTimeoutError, gaveUpError } from './errors.ts';
import type { FrameChannel } from './frame-channel.ts';
import { Greeting } from './greet.ts';
import type { Agreement, Identity } from './handshake.ts';
import { handshakeLostError } from './handshake-errors.ts';
import type { ResolvedOptions } from './options.ts';

export interface DialContext {
  readonly transport: Transport;
  readonly identity: Identity;
  readonly options: ResolvedOptions;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly onAgreed: (channel: FrameChannel, agreement: Agreement) => void;
}

/** After an error with one of these codes another try may succeed. After any other it would not. */
const retriable = new Set(['ERR_LINK_CONNECT', 'ERR_LINK_HANDSHAKE', 'ERR_LINK_CLOSED']);

/** Connects to one name: tries until it is connected, refused, out of tries or time, or cancelled. */
export class Dial {
  /** Settles with the outcome. */
  readonly done: Promise<void>;
  readonly #name: string;
  readonly #context: DialContext;
  readonly #startedAt: number;
  readonly #controller = new AbortController();
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;
  #greeting: Greeting | null = null;
  #resolve: () => void = () => {};
  #reject: (error: LinkError) => void = () => {};
  #isOver = false;

  /** @param isReconnect Waits before the first try, which would come too early. */
  constructor(name: string, context: DialContext, isReconnect: boolean) {
    this.#name = name;
    this.#context = context;
    this.#startedAt = context.clock.now();
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (isReconnect) this.#wait(null);
    else void this.#try();
  }

  /** The peer is connected, because it has dialed this side. */
  finish(): void {
    this.#end(() => this.#resolve());
  }

  cancel(error: LinkError): void {
    this.#end(() => this.#reject(error));
    this.#controller.abort();
    this.#greeting?.giveUp(error);
  }

  async #try(): Promise<void> {
    const { transport, options, clock } = this.#context;
    this.#tries++;
    const timeLeftMs = Math.max(1, options.connectTimeout - this.#elapsedMs());
    this.#timer = clock.setTimeout(() => this.#runOut(), timeLeftMs);
    try {
      const stream = await transport.connect(this.#name, this.#controller.signal);
      clearTimeout(this.#timer);
      if (this.#isOver) stream.destroy();
      else this.#greet(stream);
    } catch (error) {
      clearTimeout(this.#timer);
      this.#failed(error instanceof LinkError ? error : gaveUpError(this.#name, this.#tries, error));
    }
  }

  #greet(stream: Awaited<ReturnType<Transport['connect']>>): void {
    const { identity, options, clock, onAgreed } = this.#context;
    this.#greeting = new Greeting(stream, {
      identity,
      clock,
      timeoutMs: Math.max(1, Math.min(options.handshakeTimeout, options.connectTimeout - this.#elapsedMs())),
      expectedName: this.#name,
      onAgreed: (channel, agreement) => {
        onAgreed(channel, agreement);
        this.finish();
      },
      onFailed: (error) => this.#failed(error ?? handshakeLostError()),
    });
  }

  /** The time is over within a try. Whether the transport notices the abort does not matter to whoever waits. */
  #runOut(): void {
    this.cancel(gaveUpError(this.#name, this.#tries, connectTimeoutError(this.#context.options.connectTimeout)));
  }

  #failed(error: LinkError): void {
    if (this.#isOver) return;
    if (!retriable.has(error.code)) this.#end(() => this.#reject(error));
    else this.#wait(error);
  }

  #wait(error: LinkError | null): void {
    const { options, clock, random } = this.#context;
    const delayMs = backoffMs(Math.max(1, this.#tries), options.retry, random());
    if (error !== null && (this.#tries > options.maxRetries || this.#elapsedMs() + delayMs > options.connectTimeout)) {
      this.#end(() => this.#reject(gaveUpError(this.#name, this.#tries, error)));
      return;
    }
    this.#timer = clock.setTimeout(() => void this.#try(), delayMs);
  }

  #elapsedMs(): number {
    return this.#context.clock.now() - this.#startedAt;
  }

  #end(settle: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    settle();
  }
}
