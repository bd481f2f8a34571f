import { codecs } from '../../src/envelope/codecs.ts';
import type { CodecName } from '../../src/envelope/codec.ts';
import { Kind, smallFrame } from '../../src/envelope/frame.ts';
import { type Frame, FrameReader } from '../../src/envelope/frame-reader.ts';
import { answerHello, answerWelcome, createHello, type Hello, type Identity } from '../../src/link/handshake.ts';
import { readJson } from '../../src/link/frame-channel.ts';
import type { Server } from '../../src/link/server.ts';
import type { ByteStream } from '../../src/transport/transport.ts';
import { toBytes } from './bodies.ts';
import type { Network } from './network.ts';

/** One side of a connection without a Server, which can send frames that no Server sends. */
export class RawPeer {
  readonly stream: ByteStream;
  readonly frames: Frame[] = [];
  isClosed = false;
  #onChange: (() => void)[] = [];
  #reader = new FrameReader(2 ** 31, (frame) => this.frames.push(frame));

  constructor(stream: ByteStream) {
    this.stream = stream;
    stream.open({
      data: (chunk) => {
        this.#reader.push(chunk);
        this.#wake();
      },
      drain: () => {},
      close: () => {
        this.isClosed = true;
        this.#wake();
      },
    });
  }

  static async connect(network: Network, name: string): Promise<RawPeer> {
    return new RawPeer(await network.transport.connect(name, new AbortController().signal));
  }

  /** Connects and does a correct handshake. */
  static async greet(network: Network, name: string, identity: Identity = createIdentity('raw')): Promise<RawPeer> {
    const peer = await RawPeer.connect(network, name);
    const hello = createHello(identity);
    peer.sendJson(Kind.hello, hello);
    await peer.confirm(name, identity, hello);
    return peer;
  }

  /** Listens under a name, lets a Server connect, and does a correct handshake. */
  static async letIn(network: Network, name: string, server: Server): Promise<RawPeer> {
    let accept: (peer: RawPeer) => void = () => {};
    const accepted = new Promise<RawPeer>((resolve) => (accept = resolve));
    await network.transport.listen(name, (stream) => accept(new RawPeer(stream)));
    const connected = server.connectTo(name);
    const peer = await accepted;
    const { welcome } = answerHello(createIdentity(name), readJson(await peer.take(Kind.hello)));
    peer.sendJson(Kind.welcome, welcome);
    await peer.take(Kind.welcome);
    await connected;
    return peer;
  }

  /** Answers the welcome to a hello. */
  async confirm(name: string, identity: Identity, hello: Hello): Promise<void> {
    const welcome = await this.take(Kind.welcome);
    const { confirmation } = answerWelcome(identity, readJson(welcome), { hello, expectedName: name });
    this.sendJson(Kind.welcome, confirmation);
  }

  write(...parts: readonly Uint8Array[]): void {
    this.stream.write(parts);
  }

  sendJson(kind: Kind, value: unknown): void {
    this.write(toBytes(codecs.json.encode(value), kind, 0));
  }

  /** A frame in the codec that was agreed on. */
  send(kind: Kind, correlation: number, value: unknown, { flags = 0, codec = 'msgpack' as CodecName } = {}): void {
    const body = codecs[codec].encode(value);
    this.write(toBytes({ ...body, flags: body.flags | flags }, kind, correlation));
  }

  sendSmall(kind: Kind, correlation: number, body?: Uint8Array): void {
    this.write(smallFrame(kind, correlation, body));
  }

  /** Waits for the first frame of that kind that has not been taken yet. */
  async take(kind: Kind): Promise<Frame> {
    for (;;) {
      const index = this.frames.findIndex((frame) => frame.kind === kind);
      const [frame] = index < 0 ? [] : this.frames.splice(index, 1);
      if (frame !== undefined) return frame;
      if (this.isClosed) throw new Error(`The connection closed before a frame of kind ${kind} came.`);
      await this.#change();
    }
  }

  /** The value in such a frame. */
  async takeValue(kind: Kind): Promise<unknown> {
    return codecs.msgpack.decode(await this.take(kind));
  }

  /** The code in the peer's goodbye. */
  async takeGoodbye(): Promise<unknown> {
    return Reflect.get(Object(readJson(await this.take(Kind.goodbye))), 'code');
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#onChange.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#onChange.splice(0)) resolve();
  }
}

/** The identity that a Server of that name sends in its handshake. */
export function createIdentity(name: string, details: Partial<Identity> = {}): Identity {
  return {
    name,
    instance: `instance-of-${name}`.padEnd(20, '-'),
    codecs: ['msgpack', 'json'],
    secret: undefined,
    maxFrameBytes: 1_000_000,
    streamWindow: 100_000,
    ...details,
  };
}
