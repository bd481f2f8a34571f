import type { NatsConnection } from '@nats-io/transport-node';

/** One connection, open while somebody uses it: a program whose work is done can end. */
export class SharedConnection {
  readonly #connect: () => Promise<NatsConnection>;
  #current: Promise<NatsConnection> | null = null;
  #users = 0;

  constructor(connect: () => Promise<NatsConnection>) {
    this.#connect = connect;
  }

  /** Counts a user. Each has to `release` once. */
  use(): void {
    this.#users++;
  }

  release(): void {
    this.#users--;
    if (this.#users > 0 || this.#current === null) return;
    const current = this.#current;
    this.#current = null;
    // One that could not be made needs no closing.
    current.then((nats) => nats.close()).catch(() => {});
  }

  /** The connection, made anew where the last one has ended. @throws What `connect` throws. */
  async get(): Promise<NatsConnection> {
    const current = (this.#current ??= this.#open());
    const nats = await current;
    if (!nats.isClosed()) return nats;
    if (this.#current === current) this.#current = null;
    return this.get();
  }

  #open(): Promise<NatsConnection> {
    const opening = this.#connect();
    opening.catch(() => {
      if (this.#current === opening) this.#current = null;
    });
    return opening;
  }
}
