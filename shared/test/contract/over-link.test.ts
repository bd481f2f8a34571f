import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { linkCaller } from '../../src/contract/caller.ts';
import { type Client, createClient } from '../../src/contract/client.ts';
import { defineContract, type Schema, stream, task } from '../../src/contract/define.ts';
import { createLog, type LogRecord } from '../../src/contract/log.ts';
import { type Handlers, serveContract } from '../../src/contract/serve-contract.ts';
import type { Server } from '../../src/link/server.ts';
import { aborted, code } from '../support/code.ts';
import { type Network, overEachTransport } from '../support/network.ts';

const work = defineContract('work', {
  double: task({
    input: z.object({ number: z.number(), times: z.number().default(1) }),
    output: z.object({ result: z.number() }),
    progress: z.object({ step: z.number() }),
  }),
  measure: task({
    input: z.string().transform((text) => text.length),
    output: z.number().transform((length) => `${length} letters`),
  }),
  count: stream({ input: z.object({ to: z.number() }), item: z.number() }),
  greet: task({ input: z.string().optional(), output: z.string() }),
  letters: stream({ input: z.string().default('ab'), item: z.string() }),
});

type Work = typeof work;

const handlers: Handlers<Work> = {
  double: async ({ number, times }, { progress }) => {
    let result = number;
    for (let step = 1; step <= times; step++) {
      result *= 2;
      progress({ step });
    }
    return { result };
  },
  measure: (length) => length,
  count: async function* ({ to }) {
    for (let number = 1; number <= to; number++) yield number;
  },
  greet: (name = 'nobody') => `Hello, ${name}`,
  letters: async function* (text) {
    yield* text;
  },
};

interface Setup {
  readonly client: Client<Work>;
  readonly alice: Server;
  readonly bob: Server;
  readonly logged: LogRecord[];
}

function connect(network: Network, change: Partial<Handlers<Work>> = {}): Setup {
  const alice = network.createServer('alice');
  const bob = network.createServer('bob');
  const logged: LogRecord[] = [];
  serveContract(bob, work, { ...handlers, ...change }, (requestId) =>
    createLog((record) => logged.push(record), requestId),
  );
  return { client: createClient(work, linkCaller(alice, 'bob')), alice, bob, logged };
}

overEachTransport((network) => {
  describe('a task', () => {
    test('takes its input and gives its output', async () => {
      const { client } = connect(network);
      expect(await client.double({ number: 21 })).toStrictEqual({ result: 42 });
    });

    test('may be called without an input where that is optional, and so may a stream', async () => {
      const { client } = connect(network);
      expect(await client.greet()).toBe('Hello, nobody');
      expect(await client.greet('Ada')).toBe('Hello, Ada');
      const letters: string[] = [];
      for await (const letter of client.letters()) letters.push(letter);
      expect(letters).toStrictEqual(['a', 'b']);
    });

    test('reports its progress', async () => {
      const { client } = connect(network);
      const steps: number[] = [];
      await client.double({ number: 1, times: 3 }, { onProgress: ({ step }) => steps.push(step) });
      expect(steps).toStrictEqual([1, 2, 3]);
    });

    test('has its input transformed once, for the handler, and its output once, for the caller', async () => {
      const { client } = connect(network);
      expect(await client.measure('seven!!')).toBe('7 letters');
    });

    test('may return undefined, and success is no word of its', async () => {
      const odd = defineContract('odd', { run: task({ input: z.any(), output: z.any() }) });
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      serveContract(bob, odd, { run: (input) => input }, () => createLog(() => {}));
      const client = createClient(odd, linkCaller(alice, 'bob'));
      for (const value of [undefined, null, { success: false }, { id: 'x', value: 1 }, [1]]) {
        expect(await client.run(value)).toStrictEqual(value);
      }
    });

    test('can be cancelled', async () => {
      const { client, bob } = connect(network, {
        double: ({ number }, { signal }) =>
          new Promise((resolve, reject) => {
            bob.emit('error', new Error(`started ${number}`));
            signal.addEventListener('abort', () => {
              reject(signal.reason);
              bob.emit('error', new Error('stopped'));
            });
            if (number < 0) resolve({ result: 0 });
          }),
      });
      const controller = new AbortController();
      const started = once(bob, 'error').catch((error: unknown) => [error]);
      const running = client.double({ number: 1 }, { signal: controller.signal });
      await started;
      const stopped = once(bob, 'error').catch((error: unknown) => [error]);
      controller.abort();
      await expect(running).rejects.toEqual(aborted);
      expect(await stopped).toMatchObject([{ message: 'stopped' }]);
      network.takeErrorCodes();
    });

    test('has a timeout', async () => {
      const { client, alice } = connect(network, { double: () => new Promise(() => {}) });
      await alice.connectTo('bob');
      await expect(client.double({ number: 1 }, { timeout: 20 })).rejects.toThrow(
        "task 'work.double': 'bob' did not answer within 20 ms",
      );
    });

    test('that fails gives its caller the code, message and properties', async () => {
      const { client } = connect(network, {
        double: () => {
          throw Object.assign(new RangeError('too much'), { code: 'ERR_MUCH', limit: 5 });
        },
      });
      await expect(client.double({ number: 1 })).rejects.toMatchObject({
        name: 'RangeError',
        code: 'ERR_MUCH',
        message: 'too much',
        limit: 5,
      });
      // The caller has it, and nobody else needs to hear of it.
      expect(network.errors).toStrictEqual([]);
    });

    test("that returns what can't be sent fails with ERR_LINK_UNSERIALIZABLE", async () => {
      const { client } = connect(network, { double: () => Object({ result: () => 1 }) });
      await expect(client.double({ number: 1 })).rejects.toEqual(code('ERR_LINK_UNSERIALIZABLE'));
    });

    test('logs with the id of its request', async () => {
      const { client, logged } = connect(network, {
        double: ({ number }, { log, id }) => {
          log.info('doubling', { number, id });
          return { result: 2 * number };
        },
      });
      await client.double({ number: 5 });
      const [record] = logged;
      expect(record).toMatchObject({ level: 'info', message: 'doubling', fields: { number: 5 } });
      expect(record?.requestId).toBe(record?.fields?.['id']);
    });
  });

  describe('a stream', () => {
    test('gives its items', async () => {
      const { client } = connect(network);
      const numbers: number[] = [];
      for await (const number of client.count({ to: 500 })) numbers.push(number);
      expect(numbers).toStrictEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    });

    test('whose reader stops has its generator ended', async () => {
      let ended: () => void = () => {};
      const hasEnded = new Promise<void>((resolve) => (ended = resolve));
      const { client } = connect(network, {
        count: async function* (_input, { signal }) {
          try {
            for (let number = 1; ; number++) {
              yield number;
              signal.throwIfAborted();
            }
          } finally {
            ended();
          }
        },
      });
      for await (const number of client.count({ to: 1 })) if (number === 3) break;
      await hasEnded;
    });

    test('that fails does so after its items', async () => {
      const { client } = connect(network, {
        count: async function* () {
          yield 1;
          throw Object.assign(new Error('no more'), { code: 'ERR_NO_MORE' });
        },
      });
      const numbers = client.count({ to: 1 });
      expect(await numbers.next()).toStrictEqual({ value: 1, done: false });
      await expect(numbers.next()).rejects.toEqual(code('ERR_NO_MORE'));
    });

    test('whose handler is no generator fails', async () => {
      const { client } = connect(network, { count: () => Object(5) });
      await expect(client.count({ to: 1 }).next()).rejects.toThrow('the handler must be an async generator');
    });

    test('whose item does not fit ends, on both sides', async () => {
      let ended: () => void = () => {};
      const hasEnded = new Promise<void>((resolve) => (ended = resolve));
      const { client } = connect(network, {
        count: async function* () {
          try {
            for (;;) yield Object('text');
          } finally {
            ended();
          }
        },
      });
      await expect(client.count({ to: 1 }).next()).rejects.toEqual(code('ERR_LINK_INVALID_OUTPUT'));
      await hasEnded;
    });
  });

  describe('what the contract does not allow', () => {
    test('is not sent by the client', async () => {
      const { client, alice } = connect(network);
      await expect(client.double(Object({ number: 'five' }))).rejects.toMatchObject({
        name: 'ContractError',
        code: 'ERR_LINK_INVALID_INPUT',
        message: expect.stringMatching(/^work\.double: its input does not fit the contract: number: /),
        issues: [expect.objectContaining({ path: ['number'] })],
      });
      await expect(client.count(Object({})).next()).rejects.toEqual(code('ERR_LINK_INVALID_INPUT'));
      expect(alice.hasSocket('bob')).toBe(false);
    });

    test('does not reach a handler, whatever the client does', async () => {
      const { alice } = connect(network, {
        double: () => {
          throw new Error('it got through');
        },
      });
      await expect(alice.send('bob', { number: 'five' }, { task: 'work.double' })).rejects.toMatchObject({
        code: 'ERR_LINK_INVALID_INPUT',
        issues: [expect.objectContaining({ path: ['number'] })],
      });
    });

    test('does not reach a caller as output', async () => {
      const { client } = connect(network, { double: () => Object({ result: 'text' }) });
      await expect(client.double({ number: 1 })).rejects.toEqual(code('ERR_LINK_INVALID_OUTPUT'));
    });

    test('throws in the handler that reports it', async () => {
      const { client } = connect(network, {
        double: (_input, { progress }) => {
          progress(Object({ step: 'one' }));
          return { result: 1 };
        },
      });
      await expect(client.double({ number: 1 })).rejects.toEqual(code('ERR_LINK_INVALID_PROGRESS'));
    });

    test('does not reach a caller as progress, whatever the other side does; the call ends', async () => {
      const { client, bob } = connect(network);
      const loose = network.createServer('loose');
      loose.handle('work.double', (message) => void message.progress({ step: 'one' }));
      const caller = linkCaller(bob, 'loose');
      const heard: unknown[] = [];
      const calling = createClient(work, caller).double({ number: 1 }, { onProgress: (step) => heard.push(step) });
      await expect(calling).rejects.toEqual(code('ERR_LINK_INVALID_PROGRESS'));
      expect(heard).toStrictEqual([]);
      expect(await client.double({ number: 1 })).toStrictEqual({ result: 2 });
    });

    test('is asked for as what it is not', async () => {
      const { alice } = connect(network);
      await expect(alice.send('bob', { to: 1 }, { task: 'work.count' })).rejects.toMatchObject({
        code: 'ERR_LINK_WRONG_KIND',
        message: 'work.count is a stream. Ask for it with stream().',
      });
      await expect(alice.stream('bob', { number: 1 }, { task: 'work.double' }).next()).rejects.toMatchObject({
        code: 'ERR_LINK_WRONG_KIND',
        message: 'work.double is a task. Ask for it with send().',
      });
    });

    test('is not there at all', async () => {
      const { alice } = connect(network);
      await expect(alice.send('bob', {}, { task: 'work.triple' })).rejects.toEqual(code('ERR_LINK_NO_HANDLER'));
    });
  });

  test('a missing handler is found when the contract is served', () => {
    const bob = network.createServer('bob');
    const serve = (given: object): void => serveContract(bob, work, Object(given), () => createLog(() => {}));
    expect(() => serve({ double: handlers.double })).toThrow("serve('work'): the handler for 'measure' is missing.");
    expect(() => serve(Object.create(handlers))).toThrow('is missing');
  });

  test('handlers may be methods that need their object', async () => {
    class Counter {
      total = 0;
      double({ number }: { number: number }): { result: number } {
        this.total += number;
        return { result: this.total };
      }
    }
    const counter = new Counter();
    const totals = defineContract('totals', { double: work.operations.double });
    const alice = network.createServer('alice');
    const bob = network.createServer('bob');
    serveContract(bob, totals, Object.assign(Object.create(counter), { double: counter.double, total: 0 }), () =>
      createLog(() => {}),
    );
    const client = createClient(totals, linkCaller(alice, 'bob'));
    expect([await client.double({ number: 1 }), await client.double({ number: 2 })]).toStrictEqual([
      { result: 1 },
      { result: 3 },
    ]);
  });

  test('validators may take their time, and need not be of any one library', async () => {
    const even: Schema<number> = {
      '~standard': {
        version: 1,
        vendor: 'by hand',
        validate: async (value) => {
          await new Promise(setImmediate);
          if (typeof value === 'number' && value % 2 === 0) return { value };
          return { issues: [{ message: 'must be even' }, { message: 'b' }, { message: 'c' }, { message: 'd' }] };
        },
      },
    };
    const slow = defineContract('slow', { half: task({ input: even, output: even, progress: even }) });
    const alice = network.createServer('alice');
    const bob = network.createServer('bob');
    serveContract(
      bob,
      slow,
      {
        half: (number, { progress }) => {
          progress(number);
          return number / 2;
        },
      },
      () => createLog(() => {}),
    );
    const client = createClient(slow, linkCaller(alice, 'bob'));
    const heard: number[] = [];
    expect(await client.half(8, { onProgress: (number) => heard.push(number) })).toBe(4);
    await expect(client.half(5)).rejects.toThrow('does not fit the contract: must be even; b; c; and 1 more.');
    await expect(client.half(6)).rejects.toEqual(code('ERR_LINK_INVALID_OUTPUT'));
    expect(heard).toStrictEqual([8]);
  });
});
