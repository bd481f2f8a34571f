import type { EncodedBody } from '../envelope/codec.ts';
import { keepBody } from '../envelope/received-body.ts';
import { BACKLOG_BYTES } from './outbox.ts';

/** What the progress of a request needs of its connection. */
export interface ProgressOutlet {
  bytesWaiting(): number;
  send(body: EncodedBody): void;
  /** `flush` is to be called when the backlog has gone. */
  awaitDrain(): void;
  /** Counts bytes that are kept meanwhile; negative when they no longer are. */
  hold(bytes: number): void;
}

/** Sends the progress of one request. While the connection has a backlog, only the newest is kept. */
export class ProgressSender {
  readonly #outlet: ProgressOutlet;
  #held: EncodedBody | null = null;

  constructor(outlet: ProgressOutlet) {
    this.#outlet = outlet;
  }

  push(body: EncodedBody): void {
    this.drop();
    if (this.#outlet.bytesWaiting() < BACKLOG_BYTES) return this.#outlet.send(body);
    this.#held = keepBody(body);
    this.#outlet.hold(body.bytes);
    this.#outlet.awaitDrain();
  }

  /** Sends what was kept. */
  flush(): void {
    const body = this.#held;
    this.drop();
    if (body !== null) this.#outlet.send(body);
  }

  /** Forgets what was kept. */
  drop(): void {
    if (this.#held !== null) this.#outlet.hold(-this.#held.bytes);
    this.#held = null;
  }
}
