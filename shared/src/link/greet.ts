import type { CodecName } from '../envelope/codec.ts';
import { protocolError } from '../envelope/errors.ts';
import { Kind } from '../envelope/frame.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { LinkError } from '../link-error.ts';
import type { ByteStream } from '../transport/transport.ts';
import type { Timer } from '../platform/platform.ts';
import type { Clock } from './clock.ts';
import { FrameChannel, readJson } from './frame-channel.ts';
import {
  type Agreement,
  answerHello,
  answerWelcome,
  checkConfirmation,
  createHello,
  type Hello,
  type Identity,
  MAX_HANDSHAKE_BYTES,
  type Welcome,
} from './handshake.ts';
import { goodbyeError, handshakeLostError, handshakeTimeoutError } from './handshake-errors.ts';

/**
 * How far a handshake has come: the peer has sent nothing yet; its hello was answered, and its proof is awaited; the peer was
 * refused, and has time to read why; or the handshake is over.
 */
export type Stage = 'silent' | 'introduced' | 'leaving' | 'done';

export interface GreetOptions {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** The name that was connected to; absent on the side that listens. */
  readonly expectedName?: string;
  /** Checks who connects before anything is answered. Throws a LinkError to refuse it. Only on the side that listens. */
  readonly checkHello?: (hello: Hello) => void;
  /**
   * Called as soon as the peer has proven itself and before the next frame is read; takes over the channel, or throws a
   * LinkError to refuse.
   */
  readonly onAgreed: (channel: FrameChannel, agreement: Agreement) => void;
  /**
   * Called instead when there is no agreement; the channel is closed or closing. `error` is null when a peer connected
   * and left without a word, as one does that only asks whether somebody is there.
   */
  readonly onFailed: (error: LinkError | null) => void;
  /** Called when the greeting has come to another stage. */
  readonly onStage?: () => void;
}

/** Runs the handshake over a fresh stream. */
export class Greeting {
  readonly #channel: FrameChannel;
  readonly #options: GreetOptions;
  readonly #timer: Timer;
  readonly #hello: Hello | null;
  #offer: { readonly hello: Hello; readonly welcome: Welcome; readonly codec: CodecName } | null = null;
  #stage: Stage = 'silent';

  constructor(stream: ByteStream, options: GreetOptions) {
    const { identity, clock, timeoutMs, expectedName } = options;
    this.#options = options;
    this.#timer = clock.setTimeout(() => this.giveUp(handshakeTimeoutError(timeoutMs)), timeoutMs);
    const events = {
      frame: (frame: Frame) => this.#receive(frame),
      drain: () => {},
      close: (error?: Error) => this.#close(error),
    };
    this.#channel = new FrameChannel(stream, events, MAX_HANDSHAKE_BYTES);
    this.#hello = expectedName === undefined ? null : createHello(identity);
    if (this.#hello !== null) this.#channel.sendJson(Kind.hello, this.#hello);
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Tells the peer why, and closes when it has read that. */
  giveUp(error: LinkError): void {
    if (this.#isOver) return;
    this.#reach('leaving');
    this.#channel.sayGoodbye(error);
    this.#options.onFailed(error);
  }

  /** Tells the peer why, unless it has been told, and closes at once. */
  dismiss(error: LinkError): void {
    if (this.#stage === 'done') return;
    this.giveUp(error);
    this.#channel.destroy();
  }

  get #isOver(): boolean {
    return this.#stage === 'leaving' || this.#stage === 'done';
  }

  #receive(frame: Frame): void {
    if (this.#isOver) return;
    try {
      this.#step(frame);
    } catch (error) {
      this.giveUp(error instanceof LinkError ? error : protocolError('a handshake that could not be handled', error));
    }
  }

  #step(frame: Frame): void {
    const { identity, expectedName } = this.#options;
    // A goodbye is not answered.
    if (frame.kind === Kind.goodbye) return this.#channel.destroy(goodbyeError(readJson(frame)) ?? undefined);
    if (this.#hello !== null && expectedName !== undefined && frame.kind === Kind.welcome) {
      const { confirmation, agreement } = answerWelcome(identity, readJson(frame), {
        hello: this.#hello,
        expectedName,
      });
      this.#channel.sendJson(Kind.welcome, confirmation);
      this.#agree(agreement);
    } else if (this.#hello === null && this.#offer === null && frame.kind === Kind.hello) {
      this.#offer = answerHello(identity, readJson(frame));
      this.#options.checkHello?.(this.#offer.hello);
      this.#channel.sendJson(Kind.welcome, this.#offer.welcome);
      this.#reach('introduced');
    } else if (this.#offer !== null && frame.kind === Kind.welcome) {
      this.#agree(checkConfirmation(identity, readJson(frame), this.#offer));
    } else {
      throw protocolError('a frame that does not belong to the handshake');
    }
  }

  #agree(agreement: Agreement): void {
    this.#options.onAgreed(this.#channel, agreement);
    this.#reach('done');
  }

  #close(cause?: Error): void {
    const wasOver = this.#isOver;
    this.#reach('done');
    if (wasOver) return;
    if (cause instanceof LinkError) return this.#options.onFailed(cause);
    const wasSilent = this.#hello === null && this.#channel.bytesRead === 0;
    this.#options.onFailed(wasSilent ? null : handshakeLostError(cause));
  }

  #reach(stage: Stage): void {
    this.#stage = stage;
    if (this.#isOver) clearTimeout(this.#timer);
    this.#options.onStage?.();
  }
}
