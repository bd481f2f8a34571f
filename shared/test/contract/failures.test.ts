import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { linkCaller } from '../../src/contract/caller.ts';
import { type Client, createClient } from '../../src/contract/client.ts';
import { defineContract, stream, task } from '../../src/contract/define.ts';
import { createLog } from '../../src/contract/log.ts';
import { type Handlers, serveContract } from '../../src/contract/serve-contract.ts';
import type { Server } from '../../src/link/server.ts';
import { LinkError } from '../../src/link-error.ts';
import { code } from '../support/code.ts';
import { type Network, overEachTransport } from '../support/network.ts';

const any = z.unknown();
const work = defineContract('work', {
  run: task({ input: any, output: any, progress: any }),
  strict: task({ input: z.object({ number: z.number() }), output: any, progress: z.number() }),
  list: stream({ input: any, item: any }),
});

type Work = typeof work;

interface Setup {
  readonly client: Client<Work>;
  readonly alice: Server;
}

function connect(network: Network, handlers: Partial<Handlers<Work>>, options: object = {}): Setup {
  const alice = network.createServer('alice', options);
  const bob = network.createServer('bob');
  const others: Handlers<Work> = { run: () => {}, strict: () => {}, list: async function* () {} };
  serveContract(bob, work, { ...others, ...handlers }, () => createLog(() => {}));
  return { client: createClient(work, linkCaller(alice, 'bob')), alice };
}

/** The ways in which a handler can fail, and its caller hears of it. */
const ways: readonly (readonly [
  string,
  (fail: () => never) => Partial<Handlers<Work>>,
  (client: Client<Work>) => Promise<unknown>,
])[] = [
  ['a task', (fail) => ({ run: fail }), (client) => client.run(1)],
  ['a task that rejects', (fail) => ({ run: async () => fail() }), (client) => client.run(1)],
  [
    'a stream',
    (fail) => ({
      list: async function* () {
        yield 1;
        fail();
      },
    }),
    (client) => readAll(client.list(1)),
  ],
];

async function readAll(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function raise(value: unknown): never {
  throw value;
}

overEachTransport((network) => {
  describe.each(ways)('%s', (_name, arrange, ask) => {
    async function failureOf(thrown: unknown): Promise<unknown> {
      const { client } = connect(
        network,
        arrange(() => raise(thrown)),
      );
      return ask(client).then(
        () => 'It did not fail.',
        (error: unknown) => error,
      );
    }

    test.each<readonly [string, unknown, object]>([
      ['text', 'disk full', { message: "The handler threw 'disk full'.", data: 'disk full' }],
      ['nothing', undefined, { message: 'The handler threw undefined.' }],
      ['null', null, { message: 'The handler threw null.' }],
      ['a symbol', Symbol('odd'), { message: 'The handler threw Symbol(odd).', omitted: ['data'] }],
      ['a function', raise, { message: 'The handler threw [Function: raise].', omitted: ['data'] }],
      ['what claims success', { success: true }, { message: 'The handler threw { success: true }.', success: false }],
    ])('that throws %s says so', async (_what, thrown, found) => {
      expect(await failureOf(thrown)).toMatchObject({ name: 'ReplyError', code: 'ERR_LINK_REPLY', ...found });
    });

    test('that throws a promise fails with what that rejects with', async () => {
      const { client } = connect(
        network,
        arrange(() => raise(Promise.reject(new RangeError('later')))),
      );
      await expect(ask(client)).rejects.toMatchObject({ name: 'RangeError', message: 'later' });
    });

    test("brings its error, without what can't be sent", async () => {
      const error = new RangeError('outer', { cause: Object.assign(new Error('inner'), { request: new Socket() }) });
      const config = { url: 'http://localhost/', adapter: () => {} };
      expect(await failureOf(Object.assign(error, { code: 'ERR_MINE', config }))).toMatchObject({
        name: 'RangeError',
        message: 'outer',
        code: 'ERR_MINE',
        cause: { message: 'inner' },
        config: { url: 'http://localhost/' },
        omitted: ['cause.request', 'config.adapter'],
      });
    });

    test("keeps its caller's codes apart from those of its own calls", async () => {
      const mine = createClient(work, linkCaller(network.createServer('carol'), 'nobody'));
      const invalid = await mine.strict(Object({ number: 'five' })).catch((error: unknown) => error);
      expect(invalid).toMatchObject({ name: 'ContractError', code: 'ERR_LINK_INVALID_INPUT' });
      expect(await failureOf(invalid)).toMatchObject({
        code: 'ERR_LINK_REPLY',
        issues: [{ path: ['number'] }],
        reply: { code: 'ERR_LINK_INVALID_INPUT' },
      });
      await network.close();
      expect(await failureOf(new LinkError('ERR_LINK_TIMEOUT', 'mine'))).toMatchObject({ code: 'ERR_LINK_REPLY' });
    });
  });

  test('what a handler throws is reported to nobody but its caller', async () => {
    const { client } = connect(network, { run: () => raise(new Error('told')) });
    await expect(client.run(1)).rejects.toThrow('told');
    expect(network.errors).toStrictEqual([]);
  });

  describe("what can't be sent is named within its own part:", () => {
    const bad = { list: [() => 1] };

    test('the input', async () => {
      const { client } = connect(network, {});
      const refused = {
        code: 'ERR_LINK_UNSERIALIZABLE',
        message: expect.stringMatching(/^work\.run: input\.list\[0\] is a function/),
      };
      await expect(client.run(bad)).rejects.toMatchObject(refused);
      const ofStream = { ...refused, message: expect.stringMatching(/^work\.list: input\.list\[0\] is a function/) };
      await expect(client.list(bad).next()).rejects.toMatchObject(ofStream);
    });

    test("the output, the items and the progress, and the code is the link's own", async () => {
      const { client } = connect(network, {
        run: (input, { progress }) => {
          if (input === 'report') progress(bad);
          return bad;
        },
        list: async function* () {
          yield bad;
        },
      });
      const refused = (place: string): object => ({
        code: 'ERR_LINK_UNSERIALIZABLE',
        message: expect.stringMatching(new RegExp(`^work\\.${place}\\.list\\[0\\] is a function`)),
      });
      await expect(client.run(1)).rejects.toMatchObject(refused('run: output'));
      await expect(client.run('report')).rejects.toMatchObject(refused('run: progress'));
      await expect(client.list(1).next()).rejects.toMatchObject(refused('list: item'));
    });
  });

  test('an output that is too large is refused under its code', async () => {
    const { client } = connect(network, { run: () => 'x'.repeat(10_000) }, { maxFrameBytes: 5_000 });
    await expect(client.run(1)).rejects.toEqual(code('ERR_LINK_TOO_LARGE'));
  });

  test('a report that does not fit is refused under its code, unless the handler makes something else of it', async () => {
    const { client } = connect(network, {
      strict: ({ number }, { progress }) => {
        try {
          progress(Object('text'));
        } catch (error) {
          throw number === 1 ? error : new LinkError('ERR_LINK_INVALID_PROGRESS', 'mine', { cause: error });
        }
      },
    });
    await expect(client.strict({ number: 1 })).rejects.toMatchObject({
      code: 'ERR_LINK_INVALID_PROGRESS',
      issues: [expect.objectContaining({ message: expect.any(String) })],
    });
    await expect(client.strict({ number: 2 })).rejects.toMatchObject({
      code: 'ERR_LINK_REPLY',
      message: 'mine',
      reply: { code: 'ERR_LINK_INVALID_PROGRESS' },
    });
  });
});
