import * as z from 'zod';
import { codecs } from '../../src/envelope/codecs.ts';
import { Kind } from '../../src/envelope/frame.ts';
import { type Message, MemoryTransport, Server } from '../../src/index.ts';
import type { ByteStream, Transport } from '../../src/transport/transport.ts';
import { toBytes } from '../support/bodies.ts';
import { type Conversation, handshake } from './files.ts';
import { RawEnd } from './raw-end.ts';

/** The server's listeners in a conversation, by their names in the vectors. */
const listeners: Readonly<Record<string, (message: Message) => unknown>> = {
  echo: (message) => message.reply(message.data),
  size: (message) => message.reply(z.object({ items: z.array(z.unknown()) }).parse(message.data).items.length),
  nothing: (message) => message.reply(),
  refuse: (message) => message.reply({ reason: 'not today' }, false),
  blame: (message) => message.reply({ code: 'ERR_LINK_TIMEOUT', message: 'The disk did not answer.' }, false),
  wait: () => {},
  progress: (message) => {
    message.progress({ percent: 50 });
    message.progress({ percent: 100 });
    message.reply({ done: true });
  },
  count: async (message) => {
    const { to } = z.object({ to: z.number() }).parse(message.data);
    for (let count = 1; count <= to; count++) await message.write(count);
    message.end();
  },
  break: async (message) => {
    await message.write('first');
    message.reply({ reason: 'disk full' }, false);
  },
};

/** Sends the client's bytes to a Server. @returns The bytes that the Server answered, and those that were expected. */
export async function playClient({
  listener,
  features,
  steps,
  streamWindow,
}: Conversation): Promise<{ answered: string; expected: string }> {
  const transport = new MemoryTransport();
  const server = addListener(new Server('main', { transport, codec: 'json' }), listener);
  await server.whenReady();
  const raw = new RawEnd(await transport.connect('main'));
  raw.write(frameOf(Kind.hello, { ...handshake.hello, streamWindow, features }));
  await raw.takeFrame();
  raw.write(frameOf(Kind.welcome, {}));
  const answered: Buffer[] = [];
  for (const { from, bytes } of steps) {
    if (from === 'client') raw.write(bytes);
    else answered.push(await raw.take(bytes.length));
  }
  raw.close();
  server.destroy();
  return { answered: join(answered), expected: join(bytesFrom('server', steps)) };
}

export interface Heard {
  readonly asked: string;
  readonly expected: string;
  readonly progress: readonly unknown[];
  readonly items: readonly unknown[];
  readonly reply?: unknown;
  readonly error?: unknown;
}

/** Answers a Server's requests with the bytes of a vector. @returns The bytes that it sent, and the results that it got. */
export async function playServer(conversation: Conversation): Promise<Heard> {
  const { send, stream, cancel, steps, streamWindow, features } = conversation;
  const { transport, accepted } = listenRaw();
  const client = new Server('worker', { transport, codec: 'json', autoStart: false, streamWindow });
  const controller = new AbortController();
  const { signal } = controller;
  const outcome = stream ? readStream(client, send) : sendOne(client, send, signal);
  const raw = new RawEnd(await accepted);
  await raw.takeFrame();
  const { proof: _, ...welcome } = handshake.welcome;
  raw.write(frameOf(Kind.welcome, { ...welcome, features }));
  await raw.takeFrame();
  const asked: Buffer[] = [];
  for (const { from, bytes, kind } of steps) {
    if (cancel && kind === 'cancel') controller.abort();
    if (from === 'client') asked.push(await raw.take(bytes.length));
    else raw.write(bytes);
  }
  const heard = await outcome;
  raw.close();
  client.destroy();
  return { asked: join(asked), expected: join(bytesFrom('client', steps)), ...heard };
}

type Outcome = Omit<Heard, 'asked' | 'expected'>;

async function sendOne(client: Server, data: unknown, signal: AbortSignal): Promise<Outcome> {
  const progress: unknown[] = [];
  try {
    const reply = await client.send('main', data, { signal, onProgress: (report) => progress.push(report) });
    return { progress, items: [], reply };
  } catch (error) {
    return { progress, items: [], error };
  }
}

async function readStream(client: Server, data: unknown): Promise<Outcome> {
  const items: unknown[] = [];
  try {
    for await (const item of client.stream('main', data)) items.push(item);
    return { progress: [], items };
  } catch (error) {
    return { progress: [], items, error };
  }
}

function addListener(server: Server, name: string | undefined): Server {
  if (name === undefined) throw new Error('This vector does not say what the server does.');
  if (name === 'task double') return server.handle('double', (message) => message.reply(Number(message.data) * 2));
  if (name === 'backwards') return server.on('message', answerBackwards());
  const listener = listeners[name];
  if (listener === undefined) throw new Error(`No vector says what the listener '${name}' does.`);
  return server.on('message', listener);
}

function answerBackwards(): (message: Message) => void {
  const waiting: Message[] = [];
  return (message) => {
    waiting.push(message);
    if (waiting.length === 2) for (const { data, reply } of waiting.toReversed().map(bindReply)) reply(data);
  };
}

function bindReply(message: Message): { readonly data: unknown; readonly reply: (data: unknown) => void } {
  return { data: message.data, reply: (data) => void message.reply(data) };
}

/** A transport on which a vector listens as 'main'. */
function listenRaw(): { readonly transport: Transport; readonly accepted: Promise<ByteStream> } {
  const transport = new MemoryTransport();
  const accepted = new Promise<ByteStream>((resolve, reject) => {
    transport.listen('main', resolve).catch(reject);
  });
  return { transport, accepted };
}

function frameOf(kind: Kind, value: unknown): Buffer {
  return toBytes(codecs.json.encode(value), kind);
}

function bytesFrom(side: 'client' | 'server', steps: Conversation['steps']): Buffer[] {
  return steps.filter(({ from }) => from === side).map(({ bytes }) => bytes);
}

function join(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('hex');
}
