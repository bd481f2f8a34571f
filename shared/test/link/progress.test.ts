import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';

overEachTransport((network) => {
  describe('progress', () => {
    test('all arrives, in order and before the reply, while the connection keeps up', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        for (let step = 1; step <= 50; step++) expect(message.progress({ step })).toBe(true);
        message.reply('done');
      });
      const heard: unknown[] = [];
      const reply = await alice.send('bob', {}, { onProgress: (progress) => heard.push(progress) });
      expect(reply).toMatchObject({ data: 'done' });
      expect(heard).toStrictEqual(Array.from({ length: 50 }, (_, index) => ({ step: index + 1 })));
    });

    test('is coalesced while the connection is congested; the last arrives before the reply', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        for (let step = 1; step <= 1_000; step++) message.progress({ step, weight: Buffer.alloc(2_000) });
        message.reply('done');
      });
      const steps: number[] = [];
      await alice.send('bob', {}, { onProgress: (progress) => steps.push(Object(progress).step) });
      expect(steps.length).toBeLessThan(1_000);
      expect(steps).toStrictEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(1_000);
    });

    test('that is too large says so at once, also while the connection is congested, and the reply arrives', async () => {
      const alice = network.createServer('alice', { maxFrameBytes: 200_000 });
      alice.on('message', (message) => message.reply());
      network.createServer('bob').on('message', (message) => {
        message.socket.send(Buffer.alloc(100_000)).catch(() => {});
        expect(message.socket.bytesWaiting).toBeGreaterThan(65_536);
        expect(() => message.progress(Buffer.alloc(300_000))).toThrow(code('ERR_LINK_TOO_LARGE'));
        message.reply('done');
      });
      expect(await alice.send('bob')).toMatchObject({ data: 'done' });
    });

    test('that was held back is dropped for a newer one that leaves first', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const steps: number[] = [];
      const sent = alice.send('bob', {}, { onProgress: (progress) => steps.push(Object(progress).step) });
      const [message] = await once(bob, 'message');
      const weight = Buffer.alloc(2_000);
      for (let step = 1; step <= 100; step++) message.progress({ step, weight });
      while (steps.length === 0) await new Promise(setImmediate);
      for (let step = 101; step <= 110; step++) message.progress({ step, weight });
      message.reply();
      await sent;
      expect(steps).toStrictEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(110);
    });

    test('that was held back arrives without anything behind it', async () => {
      const alice = network.createServer('alice');
      const last = 70;
      network.createServer('bob').on('message', (message) => {
        // In one turn, so that a backlog piles up that the socket then takes at once.
        for (let number = 1; number <= last; number++) message.progress({ number, text: 'x'.repeat(1_000) });
      });
      const heard: unknown[] = [];
      await new Promise<void>((resolve) => {
        const onProgress = (report: unknown): void => {
          heard.push(Reflect.get(Object(report), 'number'));
          if (heard.includes(last)) resolve();
        };
        alice.send('bob', 1, { onProgress }).catch(() => {});
      });
      expect(heard.at(-1)).toBe(last);
    });

    test('goes to the call that it belongs to', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        message.progress(message.data);
        message.reply();
      });
      const heard: unknown[][] = [[], []];
      await Promise.all(
        heard.map((list, index) => alice.send('bob', index, { onProgress: (progress) => list.push(progress) })),
      );
      expect(heard).toStrictEqual([[0], [1]]);
    });

    test('that nobody listens to is no fault', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        message.progress('unheard');
        message.reply('done');
      });
      expect(await alice.send('bob')).toMatchObject({ data: 'done' });
    });

    test('after the reply is not sent, and says so', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      const heard: unknown[] = [];
      const [[message]] = await Promise.all([
        once(bob, 'message'),
        alice.send('bob', {}, { onProgress: (progress) => heard.push(progress) }),
      ]);
      expect(message.progress('too late')).toBe(false);
      await alice.send('bob');
      expect(heard).toStrictEqual([]);
    });

    test('listener that throws, or rejects, is reported and takes down nothing', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        message.progress('one');
        message.progress('two');
        message.reply('done');
      });
      const onProgress = (progress: unknown): void => {
        if (progress === 'one') throw new Error('thrown');
        return Object(Promise.reject(new Error('rejected')));
      };
      expect(await alice.send('bob', {}, { onProgress })).toMatchObject({ data: 'done' });
      await new Promise(setImmediate);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDLER', 'ERR_LINK_HANDLER']);
    });
  });
});
