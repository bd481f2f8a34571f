import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/link/message.ts';
import { aborted, code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';

overEachTransport((network) => {
  describe('past maxInFlight', () => {
    test('a send rejects with ERR_LINK_OVERLOADED, and the ones before it go on', async () => {
      const { alice } = await network.createPair({ maxInFlight: 3 });
      await alice.connectTo('bob');
      const sent = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => alice.send('bob', n)));
      expect(sent.map(({ status }) => status)).toStrictEqual([
        ...['fulfilled', 'fulfilled', 'fulfilled'],
        ...['rejected', 'rejected'],
      ]);
      expect(sent[4]).toMatchObject({
        reason: { code: 'ERR_LINK_OVERLOADED', message: expect.stringContaining('maxInFlight: 3') },
      });
      expect(await alice.send('bob', 6)).toMatchObject({ echo: 6 });
    });

    test('a send rejects also while nobody is connected', async () => {
      const alice = network.createServer('alice', { maxInFlight: 2 });
      const sent = [1, 2, 3].map((n) => alice.send('bob', n));
      await expect(sent[2]).rejects.toEqual(code('ERR_LINK_OVERLOADED'));
      network.createServer('bob').on('message', (message) => message.reply());
      await Promise.all(sent.slice(0, 2));
    });

    test('a send waits its turn, where that was chosen', async () => {
      const { alice, bob } = await network.createPair({ maxInFlight: 3, whenOverloaded: 'wait' });
      let most = 0;
      bob.prependListener('message', () => {
        most = Math.max(most, alice.getSocket('bob')?.inFlight ?? 0);
      });
      const numbers = Array.from({ length: 500 }, (_, n) => n);
      const replies = await Promise.all(numbers.map((n) => alice.send('bob', n)));
      expect(replies.map((reply) => reply['echo'])).toStrictEqual(numbers);
      expect(most).toBe(3);
    });

    test('a send that waits can be cancelled, and is not sent', async () => {
      const alice = network.createServer('alice', { maxInFlight: 1, whenOverloaded: 'wait' });
      const bob = network.createServer('bob');
      const first = alice.send('bob', 'first');
      const [message] = await once(bob, 'message');
      const controller = new AbortController();
      const second = alice.send('bob', 'second', { signal: controller.signal });
      const third = alice.send('bob', 'third');
      controller.abort();
      await expect(second).rejects.toEqual(aborted);
      message.reply();
      await first;
      const [next] = await once(bob, 'message');
      expect(next.data).toBe('third');
      next.reply();
      await third;
    });

    test('a receiver refuses what it has no room for', async () => {
      const alice = network.createServer('alice');
      const messages: Message[] = [];
      network.createServer('bob', { maxInFlight: 2 }).on('message', (message) => messages.push(message));
      const sent = [1, 2, 3].map((n) => alice.send('bob', n));
      await expect(sent[2]).rejects.toEqual(code('ERR_LINK_OVERLOADED'));
      for (const message of messages) message.reply();
      await Promise.all(sent.slice(0, 2));
      expect(messages.map(({ data }) => data)).toStrictEqual([1, 2]);
    });
  });

  test('a receiver refuses what comes past maxInFlightBytes, until something has ended', async () => {
    const alice = network.createServer('alice');
    const messages: Message[] = [];
    network.createServer('bob', { maxInFlightBytes: 10_000 }).on('message', (message) => messages.push(message));
    const large = Buffer.alloc(6_000);
    const sent = [1, 2, 3].map(() => alice.send('bob', large));
    await expect(sent[2]).rejects.toMatchObject({
      code: 'ERR_LINK_OVERLOADED',
      message: expect.stringContaining('maxInFlightBytes'),
    });
    for (const message of messages.splice(0)) message.reply();
    await Promise.all(sent.slice(0, 2));
    const next = alice.send('bob', large);
    while (messages.length === 0) await new Promise(setImmediate);
    messages[0]?.reply();
    await next;
  });

  describe('past maxWriteBytes', () => {
    const large = Buffer.alloc(100_000);

    test('a send rejects with ERR_LINK_OVERLOADED until there is room again', async () => {
      const { alice } = await network.createPair({ maxWriteBytes: 65_536 });
      await alice.connectTo('bob');
      const [first, second] = await Promise.allSettled([alice.send('bob', large), alice.send('bob', large)]);
      expect(first).toMatchObject({ status: 'fulfilled' });
      expect(second).toMatchObject({
        reason: { code: 'ERR_LINK_OVERLOADED', message: expect.stringContaining('maxWriteBytes') },
      });
      expect(await alice.send('bob', large)).toMatchObject({ success: true });
    });

    test('a send waits its turn, where that was chosen', async () => {
      const { alice } = await network.createPair({ maxWriteBytes: 65_536, whenOverloaded: 'wait' });
      const replies = await Promise.all(Array.from({ length: 30 }, () => alice.send('bob', large)));
      expect(replies).toHaveLength(30);
    });

    test('replies that are not read hold up new work, and lose nothing', async () => {
      const alice = network.createServer('alice');
      let working = 0;
      network.createServer('bob', { maxWriteBytes: 65_536 }).on('message', (message) => {
        working++;
        message.reply({ n: message.data, large });
      });
      await alice.connectTo('bob');
      const numbers = Array.from({ length: 50 }, (_, n) => n);
      const sent = Promise.all(numbers.map((n) => alice.send('bob', n)));
      while (working === 0) await new Promise(setImmediate);
      expect(working).toBeLessThan(50);
      expect((await sent).map((reply) => reply['n'])).toStrictEqual(numbers);
    });

    test('two sides that overload each other do not wait for each other for ever', async () => {
      const options = { maxWriteBytes: 2_500_000, whenOverloaded: 'wait' } as const;
      const alice = network.createServer('alice', options);
      const bob = network.createServer('bob', options);
      for (const server of [alice, bob]) server.on('message', (message) => message.reply(message.data));
      await alice.connectTo('bob');
      const body = Buffer.alloc(200_000, 1);
      const both = Array.from({ length: 10 }, () => [alice.send('bob', body), bob.send('alice', body)]);
      expect(await Promise.all(both.flat())).toHaveLength(20);
    });
  });
});
