// Compiled, never run: what should compile does, and what should not is marked and would be an error if it did.
import { z } from 'zod';
import {
  type Caller,
  createClient,
  createLog,
  defineContract,
  type Handlers,
  serveContract,
  stream,
  task,
} from '../../src/contract/index.ts';
import { MemoryTransport, Server } from '../../src/index.ts';

const work = defineContract('work', {
  hash: task({
    input: z.object({ path: z.string(), size: z.number().default(0) }),
    output: z.object({ digest: z.string().transform((text) => text.length) }),
    progress: z.object({ percent: z.number() }),
  }),
  ping: task({ input: z.null(), output: z.string() }),
  list: stream({ input: z.object({ root: z.string() }), item: z.object({ name: z.string() }) }),
  count: task({ input: z.object({ root: z.string() }).optional(), output: z.number() }),
  watch: stream({ input: z.string().default('/'), item: z.string() }),
  stop: task({ input: z.void(), output: z.null() }),
});

declare const caller: Caller;
declare function take(value: unknown): void;
const client = createClient(work, caller);

export async function callers(): Promise<void> {
  // What a validator fills in may be left out, and what it transforms comes out transformed.
  const { digest } = await client.hash({ path: '/a' }, { onProgress: ({ percent }) => percent.toFixed(), key: 'a' });
  digest.toFixed();
  const pong = await client.ping(null, { timeout: 5_000, signal: new AbortController().signal });
  pong.toUpperCase();
  for await (const { name } of client.list({ root: '/' })) name.toUpperCase();

  // An input that may be undefined may be left out, of a task as of a stream.
  (await client.count()).toFixed();
  (await client.count({ root: '/' }, { timeout: 5_000 })).toFixed();
  await client.count(undefined, { key: 'a' });
  await client.stop();
  for await (const name of client.watch()) name.toUpperCase();

  // @ts-expect-error -- The wrong input, where none would do.
  await client.count({ root: 5 });
  // @ts-expect-error -- Options are not the input.
  await client.count({ timeout: 5_000 });
  // @ts-expect-error -- No such task.
  await client.hush({ path: '/a' });
  // @ts-expect-error -- The wrong input.
  await client.hash({ path: 5 });
  // @ts-expect-error -- No input.
  await client.hash();
  // @ts-expect-error -- An input that is not in the contract.
  await client.hash({ path: '/a', recursive: true });
  // @ts-expect-error -- The output has no such property.
  (await client.hash({ path: '/a' })).length();
  // @ts-expect-error -- The progress has no such property.
  await client.hash({ path: '/a' }, { onProgress: ({ done }) => done });
  // @ts-expect-error -- The wrong progress.
  await client.hash({ path: '/a' }, { onProgress: (progress: string) => progress });
  // @ts-expect-error -- A stream has no progress.
  client.list({ root: '/' }, { onProgress: () => {} });
  // @ts-expect-error -- A stream is not a promise of something.
  take((await client.list({ root: '/' })).name);
  // @ts-expect-error -- Items are what the contract says.
  for await (const { size } of client.list({ root: '/' })) take(size);
  // @ts-expect-error -- A client is not there to be changed.
  client.ping = () => Promise.resolve('pong');
}

export const handlers: Handlers<typeof work> = {
  hash: async ({ path, size }, { progress, signal, log, id }) => {
    signal.throwIfAborted();
    progress({ percent: size });
    log.info(path, { id });
    // @ts-expect-error -- Not what the contract calls progress.
    progress({ done: 1 });
    // What is returned is what the output's validator takes, not what it makes of it.
    return { digest: 'abc' };
  },
  ping: () => 'pong',
  count: (input) => input?.root.length ?? 0,
  watch: async function* (root) {
    yield root.toUpperCase();
  },
  stop: () => null,
  list: async function* ({ root }, { signal }) {
    signal.throwIfAborted();
    yield { name: root };
  },
};

const server = new Server('types', { transport: new MemoryTransport(), autoStart: false });
const noLog = (): ReturnType<typeof createLog> => createLog(() => {});

serveContract(server, work, handlers, noLog);
// @ts-expect-error -- A handler is missing.
serveContract(server, work, { hash: handlers.hash, ping: handlers.ping }, noLog);
// @ts-expect-error -- The wrong result.
serveContract(server, work, { ...handlers, ping: () => 5 }, noLog);
// @ts-expect-error -- A stream's handler has to be one.
serveContract(server, work, { ...handlers, list: () => Promise.resolve({ name: 'x' }) }, noLog);
async function* yieldNumbers(): AsyncGenerator<number> {
  yield 5;
}
// @ts-expect-error -- The wrong items.
serveContract(server, work, { ...handlers, list: yieldNumbers }, noLog);

// @ts-expect-error -- Neither task nor stream.
defineContract('broken', { nothing: { kind: 'thing' } });
// @ts-expect-error -- A task needs an output.
task({ input: z.string() });
// @ts-expect-error -- A validator speaks Standard Schema.
task({ input: String, output: z.string() });

export async function messages(): Promise<void> {
  const reply = await server.send(
    'peer',
    { a: 1 },
    { timeout: 5, task: 'x', onProgress: (progress: unknown) => progress },
  );
  reply.id.toUpperCase();
  // @ts-expect-error -- What a peer sends is unknown until it was looked at.
  reply['answer'].toUpperCase();
  // @ts-expect-error -- No such option.
  await server.send('peer', {}, { retries: 5 });
  // @ts-expect-error -- No such option.
  take(new Server('x', { socketroot: '/tmp/' }));
  // @ts-expect-error -- No such event.
  server.on('messages', () => {});
  server.on('message', (message) => {
    message.reply({ ok: true });
    // @ts-expect-error -- Data is unknown until it was looked at.
    take(message.data.content);
    // @ts-expect-error -- A message is what the sender sent.
    message.sentBy = 'mallory';
  });
}
