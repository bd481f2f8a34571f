import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/link/message.ts';
import type { Server } from '../../src/link/server.ts';
import { aborted, code, isFilled } from '../support/code.ts';
import { overEachTransport, type Network } from '../support/network.ts';

/** A reader, and a writer that does as it is told. */
function createPair(
  network: Network,
  write: (message: Message) => unknown,
  options: { readonly streamWindow?: number } = {},
): { alice: Server; bob: Server } {
  return {
    alice: network.createServer('alice', options),
    bob: network.createServer('bob').on('message', (message) => Object(write(message))),
  };
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

overEachTransport((network) => {
  describe('a stream', () => {
    test('gives all items in order, then ends', async () => {
      const { alice } = createPair(network, async (message) => {
        expect(message.isStream).toBe(true);
        for (let item = 0; item < 2_000; item++) await message.write({ item });
        expect(message.end()).toBe(true);
        expect(message.end()).toBe(false);
      });
      const items = await collect(alice.stream('bob', { count: 2_000 }));
      expect(items).toStrictEqual(Array.from({ length: 2_000 }, (_, item) => ({ item })));
    });

    test('may be empty', async () => {
      const { alice } = createPair(network, (message) => message.end());
      expect(await collect(alice.stream('bob'))).toStrictEqual([]);
    });

    test('gives any value, undefined and null among them', async () => {
      const values = [undefined, null, 0, '', [], Buffer.alloc(10_000, 1), new Map([[1, 2n]])];
      const { alice } = createPair(network, async (message) => {
        for (const value of values) await message.write(value);
        message.end();
      });
      expect(await collect(alice.stream('bob'))).toStrictEqual(values);
    });

    test('keeps nothing of what a writer changes afterwards', async () => {
      const { alice } = createPair(network, async (message) => {
        const memory = Buffer.alloc(10_000);
        for (let item = 0; item < 50; item++) {
          memory.fill(item);
          await message.write(memory);
        }
        message.end();
      });
      let next = 0;
      for await (const item of alice.stream('bob')) {
        expect(isFilled(item, 10_000, next++)).toBe(true);
      }
      expect(next).toBe(50);
    });

    test('sends what was written without waiting before it ends', async () => {
      const { alice } = createPair(
        network,
        (message) => {
          for (let item = 0; item < 100; item++) void message.write(Buffer.alloc(1_000, item));
          expect(message.end()).toBe(true);
          expect(message.reply('again')).toBe(false);
        },
        { streamWindow: 5_000 },
      );
      expect(await collect(alice.stream('bob'))).toHaveLength(100);
    });

    test('may be asked for item by item', async () => {
      const { alice } = createPair(network, async (message) => {
        await message.write('one');
        await message.write('two');
        message.end();
      });
      const items = alice.stream('bob');
      const [first, second, third, fourth] = await Promise.all([
        items.next(),
        items.next(),
        items.next(),
        items.next(),
      ]);
      expect([first, second]).toStrictEqual([
        { value: 'one', done: false },
        { value: 'two', done: false },
      ]);
      expect([third, fourth]).toStrictEqual([
        { value: undefined, done: true },
        { value: undefined, done: true },
      ]);
    });

    test('shares its connection with messages and other streams', async () => {
      const { alice, bob } = createPair(network, async (message) => {
        for (let item = 0; item < 100; item++) await message.write([message.data, item]);
        message.end();
      });
      bob.handle('echo', (message) => void message.reply(message.data));
      const [one, two, reply] = await Promise.all([
        collect(alice.stream('bob', 'one')),
        collect(alice.stream('bob', 'two')),
        alice.send('bob', { between: true }, { task: 'echo' }),
      ]);
      expect(one.every((item) => Object(item)[0] === 'one')).toBe(true);
      expect(two.every((item) => Object(item)[0] === 'two')).toBe(true);
      expect([one.length, two.length]).toStrictEqual([100, 100]);
      expect(reply).toMatchObject({ between: true });
    });
  });

  describe('back-pressure', () => {
    test('stops the writer until the reader has read', async () => {
      let written = 0;
      const { alice } = createPair(
        network,
        async (message) => {
          for (let item = 0; item < 1_000; item++) {
            await message.write(Buffer.alloc(1_000, item));
            written++;
          }
          message.end();
        },
        { streamWindow: 20_000 },
      );
      alice.on('message', (message) => message.reply());
      const items = alice.stream('bob');
      for (let read = 1; read <= 1_000; read++) {
        expect((await items.next()).done).toBe(false);
        // Whatever was on its way has arrived after two round trips.
        if (read % 100 === 1) {
          await alice.send('bob', 'no stream', { task: 'none' }).catch(() => {});
          await alice.send('bob', 'no stream', { task: 'none' }).catch(() => {});
          expect(written - read).toBeLessThanOrEqual(21);
        }
      }
      expect((await items.next()).done).toBe(true);
    });

    test('lets an item through that is larger than the window', async () => {
      const { alice } = createPair(
        network,
        async (message) => {
          for (let item = 0; item < 5; item++) await message.write(Buffer.alloc(100_000, item));
          message.end();
        },
        { streamWindow: 1 },
      );
      expect(await collect(alice.stream('bob'))).toHaveLength(5);
    });

    test('counts items that take no bytes too', async () => {
      const { alice } = createPair(
        network,
        async (message) => {
          for (let item = 0; item < 500; item++) await message.write(undefined);
          message.end();
        },
        { streamWindow: 10 },
      );
      expect(await collect(alice.stream('bob'))).toHaveLength(500);
    });
  });

  describe('an early end', () => {
    test('by leaving the loop stops the writer', async () => {
      const { alice, bob } = createPair(network, () => {}, { streamWindow: 10_000 });
      const ended = new EventEmitter();
      const items = alice.stream('bob', undefined, { onEnded: () => ended.emit('end') });
      const [message] = await once(bob, 'message');
      const writing = (async () => {
        for (let item = 0; ; item++) await message.write(Buffer.alloc(1_000, item));
      })();
      const read: unknown[] = [];
      for await (const item of items) {
        read.push(item);
        if (read.length === 3) break;
      }
      await expect(writing).rejects.toEqual(aborted);
      expect(message.signal.aborted).toBe(true);
      expect(await items.next()).toStrictEqual({ value: undefined, done: true });
      if (alice.getSocket('bob')?.inFlight !== 0) await once(ended, 'end');
      expect(alice.getSocket('bob')?.inFlight).toBe(0);
    });

    test('by return settles whoever waits for an item', async () => {
      const { alice, bob } = createPair(network, () => {});
      const items = alice.stream('bob');
      await once(bob, 'message');
      const waiting = items.next();
      await items.return?.();
      expect(await waiting).toStrictEqual({ value: undefined, done: true });
    });

    test('by a signal rejects the reader at once, and drops what had arrived', async () => {
      const { alice, bob } = createPair(network, () => {});
      const controller = new AbortController();
      const items = alice.stream('bob', {}, { signal: controller.signal });
      const [message] = await once(bob, 'message');
      await Promise.all([message.write('one'), message.write('two')]);
      expect(await items.next()).toStrictEqual({ value: 'one', done: false });
      controller.abort();
      await expect(items.next()).rejects.toEqual(aborted);
      expect(await items.next()).toStrictEqual({ value: undefined, done: true });
      if (!message.signal.aborted) await once(message.signal, 'abort');
      await expect(message.write('three')).rejects.toEqual(aborted);
    });

    test('by a signal that was aborted before', async () => {
      const { alice } = createPair(network, () => {});
      await expect(collect(alice.stream('bob', {}, { signal: AbortSignal.abort() }))).rejects.toEqual(aborted);
    });

    test('by a timeout', async () => {
      const { alice } = createPair(network, () => {});
      await expect(collect(alice.stream('bob', {}, { timeout: 30 }))).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
    });

    test('by the loss of the writer, after what had arrived', async () => {
      const { alice, bob } = createPair(network, () => {});
      const items = alice.stream('bob');
      const [message] = await once(bob, 'message');
      await message.write('one');
      expect(await items.next()).toStrictEqual({ value: 'one', done: false });
      await message.write('two');
      await bob.close({ drain: 0 });
      expect(await items.next()).toStrictEqual({ value: 'two', done: false });
      await expect(items.next()).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
    });

    test('by the loss of the reader, which the writer hears of', async () => {
      const { alice, bob } = createPair(network, () => {}, { streamWindow: 100 });
      const items = alice.stream('bob');
      const [message] = await once(bob, 'message');
      await message.write(Buffer.alloc(200));
      const blocked = message.write('waits for credit');
      alice.destroy();
      await expect(blocked).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
      await expect(message.write('more')).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
      await expect(collect(items)).rejects.toEqual(code('ERR_LINK_CLOSED'));
    });
  });

  describe('a failure of the writer', () => {
    test('rejects the reader, after the items before it', async () => {
      const { alice } = createPair(network, async (message) => {
        await message.write('one');
        throw Object.assign(new Error('no more'), { code: 'ERR_NO_MORE' });
      });
      const items = alice.stream('bob');
      expect(await items.next()).toStrictEqual({ value: 'one', done: false });
      await expect(items.next()).rejects.toMatchObject({ name: 'Error', code: 'ERR_NO_MORE', message: 'no more' });
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDLER']);
    });

    test('by reply(…, false) does too', async () => {
      const { alice } = createPair(network, (message) => message.reply({ code: 'ERR_NO' }, false));
      await expect(collect(alice.stream('bob'))).rejects.toEqual(code('ERR_NO'));
    });

    test('to send an item rejects that write, and the stream goes on', async () => {
      const { alice } = createPair(
        network,
        async (message) => {
          await expect(message.write(Symbol('s'))).rejects.toEqual(code('ERR_LINK_UNSERIALIZABLE'));
          await message.write('first');
          await expect(message.write(Buffer.alloc(50_000_000))).rejects.toEqual(code('ERR_LINK_TOO_LARGE'));
          await message.write('last');
          message.end();
        },
        Object({ streamWindow: 4, maxFrameBytes: 1_000_000 }),
      );
      expect(await collect(alice.stream('bob'))).toStrictEqual(['first', 'last']);
    });

    test('after the end rejects the write', async () => {
      const { alice, bob } = createPair(network, () => {});
      const items = alice.stream('bob');
      const [message] = await once(bob, 'message');
      message.end();
      await expect(message.write('more')).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
      expect(await collect(items)).toStrictEqual([]);
    });

    test('to see that nobody asked for a stream rejects the write', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', async (message) => {
        await expect(message.write('item')).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
        message.reply();
      });
      await alice.send('bob');
    });
  });

  test("a stream that can't be asked for rejects the reader", async () => {
    const alice = network.createServer('alice', { maxRetries: 0 });
    await expect(collect(alice.stream('bob', Symbol('s')))).rejects.toThrow();
    await expect(collect(alice.stream('nobody'))).rejects.toEqual(code('ERR_LINK_CONNECT'));
    await expect(collect(alice.stream('a/b'))).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
    await alice.close();
    await expect(collect(alice.stream('bob'))).rejects.toEqual(code('ERR_LINK_CLOSED'));
  });
});
