import { getEventListeners, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { AbortWatch } from '../../src/call/abort-watch.ts';
import { aborted } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';

overEachTransport((network) => {
  describe('a send with a signal', () => {
    test('that is aborted already is not sent', async () => {
      const { alice, bob } = await network.createPair();
      const seen: unknown[] = [];
      bob.prependListener('message', ({ data }) => seen.push(data));
      await expect(alice.send('bob', 'never', { signal: AbortSignal.abort() })).rejects.toEqual(aborted);
      await alice.send('bob', 'after');
      expect(seen).toStrictEqual(['after']);
    });

    test('rejects at once when it is aborted, and aborts the handler in the other process', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const controller = new AbortController();
      const sent = alice.send('bob', {}, { signal: controller.signal });
      const [message] = await once(bob, 'message');
      controller.abort();
      await Promise.all([expect(sent).rejects.toEqual(aborted), once(message.signal, 'abort')]);
      expect(message.signal.reason).toEqual(aborted);
      expect(message.reply('too late')).toBe(false);
      expect(message.progress('too late')).toBe(false);
    });

    test('aborts a handler that looks at its signal only afterwards', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const controller = new AbortController();
      const sent = alice.send('bob', {}, { signal: controller.signal });
      const [message] = await once(bob, 'message');
      controller.abort();
      await expect(sent).rejects.toEqual(aborted);
      bob.on('message', (other) => other.reply());
      await alice.send('bob', 'the cancel has arrived before this');
      expect(message.signal.aborted).toBe(true);
    });

    test('that waits for a connection is not sent afterwards', async () => {
      const alice = network.createServer('alice');
      const controller = new AbortController();
      const cancelled = alice.send('bob', 'cancelled', { signal: controller.signal });
      const kept = alice.send('bob', 'kept');
      controller.abort();
      await expect(cancelled).rejects.toEqual(aborted);
      const seen: unknown[] = [];
      network.createServer('bob').on('message', (message) => {
        seen.push(message.data);
        message.reply();
      });
      await kept;
      expect(seen).toStrictEqual(['kept']);
    });

    test('that is aborted after the reply changes nothing', async () => {
      const { alice, bob } = await network.createPair();
      const controller = new AbortController();
      const [[message], reply] = await Promise.all([
        once(bob, 'message'),
        alice.send('bob', 1, { signal: controller.signal }),
      ]);
      controller.abort();
      await alice.send('bob', 'after');
      expect(reply).toMatchObject({ echo: 1 });
      expect(message.signal.aborted).toBe(false);
    });

    test('says why, and keeps the reason as its cause', async () => {
      const { alice } = await network.createPair();
      const reason = new Error('the window was closed');
      await expect(alice.send('bob', 1, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
        name: 'AbortError',
        message: 'the window was closed',
        cause: reason,
      });
    });

    test('leaves no listener on the signal', async () => {
      const { alice } = await network.createPair();
      const { signal } = new AbortController();
      await Promise.all(Array.from({ length: 10 }, () => alice.send('bob', 1, { signal })));
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    });

    test('may be shared by many calls without a warning', async () => {
      const { alice } = await network.createPair();
      const warnings: Error[] = [];
      const warn = (warning: Error): void => void warnings.push(warning);
      process.on('warning', warn);
      const controller = new AbortController();
      network.createServer('carol');
      const calls = Array.from({ length: 100 }, () => alice.send('carol', 1, { signal: controller.signal }));
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
      await alice.connectTo('carol');
      controller.abort();
      for (const call of calls) await expect(call).rejects.toEqual(aborted);
      await new Promise(setImmediate);
      process.off('warning', warn);
      expect(warnings).toStrictEqual([]);
    });
  });
});

describe('AbortWatch', () => {
  test('calls everyone who watches a signal, once', () => {
    const watch = new AbortWatch();
    const controller = new AbortController();
    const called: string[] = [];
    watch.add(controller.signal, () => called.push('one'));
    watch.add(controller.signal, () => called.push('two'));
    const stop = watch.add(controller.signal, () => called.push('stopped'));
    stop();
    stop();
    controller.abort();
    controller.abort();
    expect(called).toStrictEqual(['one', 'two']);
  });

  test('keeps signals apart', () => {
    const watch = new AbortWatch();
    const [one, two] = [new AbortController(), new AbortController()];
    const called: string[] = [];
    watch.add(one.signal, () => called.push('one'));
    watch.add(two.signal, () => called.push('two'));
    two.abort();
    expect(called).toStrictEqual(['two']);
  });

  test('watches again after everyone has stopped', () => {
    const watch = new AbortWatch();
    const controller = new AbortController();
    watch.add(controller.signal, () => {})();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    const called: string[] = [];
    watch.add(controller.signal, () => called.push('again'));
    controller.abort();
    expect(called).toStrictEqual(['again']);
  });
});
