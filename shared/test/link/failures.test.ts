import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import { createHello } from '../../src/link/handshake.ts';
import { ReplyError } from '../../src/link/reply.ts';
import type { Server } from '../../src/link/server.ts';
import { LinkError } from '../../src/link-error.ts';
import { type Network, overEachTransport } from '../support/network.ts';
import { createIdentity, RawPeer } from '../support/raw-peer.ts';

/** Throws what a test can't throw by name. */
function raise(value: unknown): never {
  throw value;
}

/** A way to fail, and how the one asks who hears of it. */
interface Way {
  readonly name: string;
  serve(bob: Server, fail: () => unknown): void;
  ask(alice: Server): Promise<unknown>;
}

const ways: readonly Way[] = [
  {
    name: 'a message listener that throws',
    serve: (bob, fail) => bob.on('message', () => void fail()),
    ask: (alice) => alice.send('bob', { id: 'x' }),
  },
  {
    name: 'a message listener that rejects',
    serve: (bob, fail) => bob.on('message', async () => void fail()),
    ask: (alice) => alice.send('bob', { id: 'x' }),
  },
  {
    name: 'a handler',
    serve: (bob, fail) => bob.handle('job', async () => fail()),
    ask: (alice) => alice.send('bob', 1, { task: 'job' }),
  },
  {
    name: 'message.fail()',
    serve: (bob, fail) =>
      bob.on('message', (message) => {
        try {
          fail();
        } catch (error) {
          message.fail(error);
        }
      }),
    ask: (alice) => alice.send('bob', { id: 'x' }),
  },
  {
    name: 'a stream',
    serve: (bob, fail) =>
      bob.on('message', async (message) => {
        await message.write('first');
        fail();
      }),
    ask: async (alice) => {
      const items: unknown[] = [];
      for await (const item of alice.stream('bob', { id: 'x' })) items.push(item);
      return items;
    },
  },
];

async function failureOf(network: Network, { serve, ask }: Way, thrown: unknown): Promise<ReplyError> {
  const [alice, bob] = [network.createServer('alice'), network.createServer('bob')];
  serve(bob, () => raise(thrown));
  const failure = await ask(alice).catch((error: unknown) => error);
  network.takeErrorCodes();
  if (failure instanceof ReplyError) return failure;
  throw new Error('It did not fail.', { cause: failure });
}

/** Shakes hands as a side does that knows no features. */
async function greetAsFirst(network: Network, name: string): Promise<RawPeer> {
  const identity = createIdentity('raw');
  const raw = await RawPeer.connect(network, name);
  const { features: _, ...hello } = createHello(identity);
  raw.sendJson(Kind.hello, hello);
  await raw.confirm(name, identity, hello);
  return raw;
}

const trap = Object.defineProperty({ a: 1 }, 'trap', { enumerable: true, get: () => raise(new Error('trapped')) });
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const unreadable = new Proxy(new Error('behind a Proxy'), { has: () => raise(new Error('trapped')) });
/** Made late, so that nobody finds it unhandled before it is thrown. */
const rejected = {
  get thrown() {
    return Promise.reject(Object.assign(new RangeError('later'), { code: 'ERR_LATER' }));
  },
};

/** What is thrown, and what the caller finds. */
const thrown: readonly (readonly [name: string, thrown: unknown, found: object])[] = [
  ['text', 'disk full', { message: "The handler threw 'disk full'.", data: 'disk full' }],
  ['a number', 42, { message: 'The handler threw 42.', data: 42 }],
  ['null', null, { message: 'The handler threw null.', data: null }],
  ['undefined', undefined, { message: 'The handler threw undefined.' }],
  ['a symbol', Symbol('odd'), { message: 'The handler threw Symbol(odd).', omitted: ['data'] }],
  ['a function', raise, { message: 'The handler threw [Function: raise].', omitted: ['data'] }],
  ['a list', [1, 2], { message: 'The handler threw [ 1, 2 ].', data: [1, 2] }],
  ['a Map', new Map([[1, 2]]), { message: 'The handler threw Map(1) { 1 => 2 }.', data: new Map([[1, 2]]) }],
  ['an object', { code: 'ERR_MINE' }, { message: "The handler threw { code: 'ERR_MINE' }.", code: 'ERR_MINE' }],
  ['an object with a message', { code: 'ERR_MINE', message: 'mine' }, { message: 'mine', code: 'ERR_MINE' }],
  ['an object without a prototype', Object.create(null), { message: /^The handler threw .*\{\}\.$/ }],
  [
    'an object with a getter that throws',
    trap,
    { message: /^The handler threw \{ a: 1.*\}\.$/, data: { a: 1 }, omitted: ['data.trap'] },
  ],
  ['a revoked Proxy', revoked.proxy, { message: 'The handler threw <Revoked Proxy>.', omitted: ['data'] }],
  ['an error that nobody can read', unreadable, { message: /^The handler threw Error: behind a Proxy/ }],
  ['a promise that resolves', Promise.resolve(5), { message: 'The handler threw Promise { 5 }.', omitted: ['data'] }],
  [
    'an error',
    Object.assign(new TypeError('broken'), { code: 'E' }),
    { name: 'TypeError', message: 'broken', code: 'E' },
  ],
];

overEachTransport((network) => {
  describe.each(ways)('$name', (way) => {
    test.each(thrown)('tells its caller of %s', async (_name, value, found) => {
      const failure = await failureOf(network, way, value);
      expect(failure).toMatchObject({
        success: false,
        id: expect.any(String),
        ...Object.fromEntries(
          Object.entries(found).map(([key, wanted]) => [
            key,
            wanted instanceof RegExp ? expect.stringMatching(wanted) : wanted,
          ]),
        ),
      });
    });

    test('tells its caller what a promise rejects with', async () => {
      const failure = await failureOf(
        network,
        { ...way, serve: (bob) => way.serve(bob, () => raise(rejected.thrown)) },
        null,
      );
      expect(failure).toMatchObject({ name: 'RangeError', message: 'later', code: 'ERR_LATER' });
    });

    test("brings all that can be sent of an error, and names what can't", async () => {
      const config = { url: 'http://localhost/', adapter: () => {} };
      const cause = Object.assign(new Error('inner'), { request: new Socket() });
      const error = Object.assign(new RangeError('outer', { cause }), {
        code: 'ERR_MINE',
        config,
        link: new URL('a:b'),
      });
      const failure = await failureOf(network, way, error);
      expect(failure).toMatchObject({
        name: 'RangeError',
        message: 'outer',
        code: 'ERR_MINE',
        config: { url: 'http://localhost/' },
        cause: { message: 'inner', stack: cause.stack },
        omitted: ['link', 'cause.request', 'config.adapter'],
        reply: { stack: error.stack },
      });
    });

    test('brings as much as fits of an error that is too large', async () => {
      const [alice, bob] = [network.createServer('alice', { maxFrameBytes: 5_000 }), network.createServer('bob')];
      const error = Object.assign(new Error('x'.repeat(100_000)), { code: 'E', body: Buffer.alloc(10_000) });
      way.serve(bob, () => raise(error));
      await expect(way.ask(alice)).rejects.toMatchObject({
        message: expect.stringMatching(/^x+… \(cut, of 100000 characters\)$/),
        code: 'E',
        omitted: ['message', 'stack', 'body'],
      });
      network.takeErrorCodes();
    });

    test("can't be taken for a success, nor for another request", async () => {
      const error = Object.assign(new Error('x'), { success: true, id: 'other', stack: 's', omitted: 'nothing' });
      for (const value of [error, { success: true, id: 'other', message: 'x' }]) {
        const failure = await failureOf(network, way, value);
        expect(failure).toMatchObject({ success: false, message: 'x', reply: { success: true, id: 'other' } });
        expect(failure.id).not.toBe('other');
        expect(failure.omitted).toBeUndefined();
        await network.close();
      }
    });

    test.each(['ERR_LINK_TIMEOUT', 'ERR_LINK_CLOSED', 'ERR_LINK_UNSERIALIZABLE', 'ERR_SIDECAR_CRASHED'])(
      'with %s of a call of its own is not taken for the call that failed',
      async (code) => {
        const failure = await failureOf(network, way, new LinkError(code, 'another call'));
        expect(failure).toMatchObject({ code: 'ERR_LINK_REPLY', message: 'another call', reply: { code } });
      },
    );
  });

  describe("the link's own word", () => {
    test('keeps its code: no handler, an answer that cannot be sent, one that is too large', async () => {
      const alice = network.createServer('alice', { maxFrameBytes: 5_000 });
      const bob = network.createServer('bob');
      await expect(alice.send('bob')).rejects.toMatchObject({ code: 'ERR_LINK_NO_HANDLER' });
      bob.on('message', (message) => message.reply(message.data === 'large' ? 'x'.repeat(10_000) : raise));
      await expect(alice.send('bob', 'odd')).rejects.toMatchObject({
        code: 'ERR_LINK_UNSERIALIZABLE',
        message: expect.stringMatching(/^data is a function/),
      });
      await expect(alice.send('bob', 'large')).rejects.toMatchObject({ code: 'ERR_LINK_TOO_LARGE' });
      expect(network.takeErrorCodes()).toHaveLength(2);
    });

    test('keeps its code where an item of a stream cannot be sent', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => message.write(raise));
      await expect(alice.stream('bob').next()).rejects.toMatchObject({ code: 'ERR_LINK_UNSERIALIZABLE' });
      network.takeErrorCodes();
    });

    test('is told apart from a handler that says the same', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => message.reply({ code: 'ERR_LINK_NO_HANDLER' }, false));
      await expect(alice.send('bob')).rejects.toMatchObject({
        code: 'ERR_LINK_REPLY',
        reply: { code: 'ERR_LINK_NO_HANDLER' },
      });
    });
  });

  describe('a peer of the first edition', () => {
    test('is told without the flag', async () => {
      await network.createServer('bob').whenReady();
      const raw = await greetAsFirst(network, 'bob');
      raw.send(Kind.request, 1, { id: 'x' });
      const frame = await raw.take(Kind.reply);
      expect(frame.flags & 8).toBe(0);
    });

    test.each([
      ['ERR_LINK_NO_HANDLER', 'ERR_LINK_NO_HANDLER'],
      ['ERR_LINK_CLOSED', 'ERR_LINK_CLOSED'],
      ['ERR_LINK_TIMEOUT', 'ERR_LINK_REPLY'],
      ['ERR_SIDECAR_CRASHED', 'ERR_LINK_REPLY'],
      ['ENOENT', 'ENOENT'],
    ])('that replies with %s is heard as %s', async (code, heard) => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const raw = await greetAsFirst(network, 'bob');
      const asked = bob.send('raw');
      await raw.take(Kind.request);
      raw.send(Kind.reply, 1, { code }, { flags: 4 });
      // What is no refusal must not be handed on as one.
      const isRefusal = code === heard && code.startsWith('ERR_LINK_');
      await expect(asked).rejects.toMatchObject({ code: heard, isRefusal, reply: { code } });
    });
  });

  describe('a peer that knows the flag', () => {
    test.each([
      [12, 'ERR_LINK_NO_HANDLER', 'ERR_LINK_NO_HANDLER'],
      [12, 'ERR_LINK_WRONG_KIND', 'ERR_LINK_WRONG_KIND'],
      [12, 'ERR_LINK_TIMEOUT', 'ERR_LINK_REPLY'],
      [12, 'ERR_SIDECAR_FAILED', 'ERR_LINK_REPLY'],
      [4, 'ERR_LINK_NO_HANDLER', 'ERR_LINK_REPLY'],
      [4, 'ENOENT', 'ENOENT'],
    ])('and replies with flags %d and %s is heard as %s', async (flags, code, heard) => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const raw = await RawPeer.greet(network, 'bob');
      const asked = bob.send('raw');
      await raw.take(Kind.request);
      raw.send(Kind.reply, 1, { code }, { flags });
      await expect(asked).rejects.toMatchObject({ code: heard, isRefusal: flags === 12, reply: { code } });
    });

    test('is told with it', async () => {
      await network.createServer('bob').whenReady();
      const raw = await RawPeer.greet(network, 'bob');
      raw.send(Kind.request, 1, { id: 'x' });
      raw.send(Kind.request, 2, { id: 'y' }, { flags: 8 });
      expect((await raw.take(Kind.reply)).flags & 12).toBe(12);
      expect((await raw.take(Kind.end)).flags & 12).toBe(12);
    });
  });
});
