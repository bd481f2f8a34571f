import { once } from 'node:events';
import { connect } from 'node:net';
import { FrameCutter, Kind } from './frame.mjs';
import { createHello, createWelcome, helloFrame, prove, welcomeFrame } from './handshake.mjs';

/** A socket that knows frames and nothing more. What comes in is kept; nothing is answered by itself. */
export class RawConnection {
  /** @type {import('./frame.mjs').Frame[]} */
  frames = [];
  /** Bytes received. */
  received = 0;
  /** Settles when the socket is closed, for whatever reason. @type {Promise<void>} */
  closed;
  isClosed = false;
  #socket;
  #cutter = new FrameCutter();
  #taken = 0;
  /** @type {Set<() => void>} */
  #waiters = new Set();

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.isClosed = true;
        this.#wake();
        resolve();
      });
    });
    // A peer that drops the connection is what much of this is about.
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      this.received += chunk.length;
      this.frames.push(...this.#cutter.push(chunk));
      this.#wake();
    });
  }

  /** @param {string} path @returns {Promise<RawConnection>} */
  static async open(path) {
    const socket = connect(path);
    const connection = new RawConnection(socket);
    await once(socket, 'connect');
    return connection;
  }

  /** Bytes that came and are no whole frame. */
  get rest() {
    return this.#cutter.rest;
  }

  /** Bytes that have not left this process. */
  get bytesWaiting() {
    return this.#socket.writableLength;
  }

  /** @param {Uint8Array} bytes */
  write(bytes) {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Waits until what was written has left, or nothing will. */
  async drained() {
    while (!this.isClosed && this.#socket.writableLength > 0) {
      // oxlint-disable-next-line no-await-in-loop -- the socket says so only when all of it has left
      await Promise.race([once(this.#socket, 'drain').catch(() => {}), this.closed]);
    }
  }

  pause() {
    this.#socket.pause();
  }

  resume() {
    this.#socket.resume();
  }

  /** Writes no more; the other side may go on. */
  end() {
    this.#socket.end();
  }

  destroy() {
    this.#socket.destroy();
  }

  /** The next frame that was not taken before, or null when none will come. */
  async take() {
    while (this.#taken >= this.frames.length && !this.isClosed) {
      // oxlint-disable-next-line no-await-in-loop -- each turn waits for the next chunk
      await new Promise((resolve) => this.#waiters.add(() => resolve(undefined)));
    }
    return this.frames[this.#taken++] ?? null;
  }

  /** The frame that says goodbye, or null. */
  get goodbye() {
    return this.frames.find(({ kind }) => kind === Kind.goodbye) ?? null;
  }

  #wake() {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}

/**
 * The connecting side's handshake. Gives what the other side said, or null when it refused.
 *
 * @param {RawConnection} connection
 * @param {{ name: string, secret?: string | null, hello?: Readonly<Record<string, unknown>>, isConfirmed?: boolean }} options
 */
export async function shakeHands(connection, { name, secret = null, hello: overrides, isConfirmed = true }) {
  const hello = createHello(name, overrides);
  connection.write(helloFrame(hello));
  const answer = await connection.take();
  if (answer === null || answer.kind !== Kind.welcome) return null;
  const welcome = JSON.parse(answer.body.toString());
  if (isConfirmed) connection.write(welcomeFrame(prove('client', secret, { hello, welcome })));
  return welcome;
}

/**
 * The listening side's handshake, for a peer that connects to us. Gives what it said, or null when it left.
 *
 * @param {RawConnection} connection
 * @param {{ name: string, secret?: string | null, welcome?: Readonly<Record<string, unknown>> }} options
 */
export async function welcomeDialer(connection, { name, secret = null, welcome: overrides }) {
  const first = await connection.take();
  if (first === null || first.kind !== Kind.hello) return null;
  const hello = JSON.parse(first.body.toString());
  const welcome = createWelcome(name, overrides);
  const proven = { ...welcome, ...prove('server', secret, { hello, welcome }), ...overrides };
  connection.write(welcomeFrame(proven));
  const confirmation = await connection.take();
  return confirmation === null || confirmation.kind !== Kind.welcome ? null : hello;
}
