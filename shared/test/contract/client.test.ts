import { getEventListeners } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Caller, CallOptions } from '../../src/contract/caller.ts';
import { createClient } from '../../src/contract/client.ts';
import { defineContract, stream, task } from '../../src/contract/define.ts';
import { aborted, code } from '../support/code.ts';
import { createForeignSignal } from '../support/foreign-signal.ts';

const work = defineContract('work', {
  run: task({ input: z.number(), output: z.number(), progress: z.number() }),
  quiet: task({ input: z.number(), output: z.number() }),
  list: stream({ input: z.number(), item: z.number() }),
});

/** A caller that keeps what it was asked, and answers as it is told. */
function createCaller(answer: (options: CallOptions) => unknown): Caller & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    async call(operation, input, options) {
      asked.push([operation, input]);
      return answer(options);
    },
    async *stream(operation, input, options) {
      asked.push([operation, input]);
      yield* Object(answer(options));
    },
  };
}

describe('a client', () => {
  test('names operations by their contract, and passes on how to call', async () => {
    const seen: CallOptions[] = [];
    const caller = createCaller((options) => {
      seen.push(options);
      return 1;
    });
    const { signal } = new AbortController();
    await createClient(work, caller).quiet(5, { timeout: 10, signal, key: 'k' });
    expect(caller.asked).toStrictEqual([['work.quiet', 5]]);
    expect(seen).toMatchObject([{ timeout: 10, signal, key: 'k' }]);
  });

  test("can't be changed, and is no promise", async () => {
    const client = createClient(
      work,
      createCaller(() => 1),
    );
    expect(Object.isFrozen(client)).toBe(true);
    expect(await client).toBe(client);
    expect(Object.keys(client)).toStrictEqual(['run', 'quiet', 'list']);
  });

  test('asks for a stream only when it is read', async () => {
    const caller = createCaller(() => [1, 2]);
    const items = createClient(work, caller).list(5);
    expect(caller.asked).toStrictEqual([]);
    expect(await items.next()).toStrictEqual({ value: 1, done: false });
    expect(caller.asked).toStrictEqual([['work.list', 5]]);
    await items.return?.();
  });

  test('lets no progress through for a task that has none', async () => {
    const heard: unknown[] = [];
    const caller = createCaller((options) => {
      options.onProgress?.(5);
      return 1;
    });
    await createClient(work, caller).quiet(1, { onProgress: (progress) => heard.push(progress) });
    expect(heard).toStrictEqual([]);
  });

  test.each<readonly [string, unknown, string]>([
    ['null', null, 'options must be an object, not null'],
    ['a negative timeout', { timeout: -1 }, 'timeout must be milliseconds above 0, or Infinity for none, not -1'],
    ['a timeout that is text', { timeout: '5' }, 'timeout must be milliseconds above 0, or Infinity for none, not "5"'],
    ['a signal that is none', { signal: {} }, 'signal must be an AbortSignal'],
    ['a key that is no text', { key: 5 }, 'key must be a string, not 5'],
    ['an onProgress that is no function', { onProgress: 'log' }, 'onProgress must be a function, not "log"'],
  ])('refuses options that are %s before anything has begun', async (_name, options, words) => {
    const caller = createCaller(() => 1);
    const client = createClient(work, caller);
    for (const operation of ['run', 'list'] as const) {
      // An input that does not fit either would be found next.
      const called: unknown = Reflect.apply(client[operation], client, ['no number', options]);
      const calling = operation === 'run' ? called : Object(called).next();
      await expect(calling).rejects.toMatchObject({
        code: 'ERR_LINK_INVALID_ARGUMENT',
        message: expect.stringContaining(`work.${operation}(input, options): ${words}`),
      });
    }
    expect(caller.asked).toStrictEqual([]);
  });

  describe('that watches progress', () => {
    /** Calls that go on until their signal is aborted. */
    const untilAborted = createCaller(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(Object(signal.reason)))),
    );

    test('listens to a signal once for all its calls, and leaves nothing on it', async () => {
      const warnings: Error[] = [];
      const warn = (warning: Error): void => void warnings.push(warning);
      process.on('warning', warn);
      onTestFinished(() => void process.off('warning', warn));
      const controller = new AbortController();
      const { signal } = controller;
      const client = createClient(work, untilAborted);
      const answered = createClient(
        work,
        createCaller(() => 1),
      );
      await answered.run(1, { signal, onProgress: () => {} });
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      const calls = Array.from({ length: 20 }, () => client.run(1, { signal, onProgress: () => {} }));
      await new Promise(setImmediate);
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      controller.abort();
      for (const call of calls) await expect(call).rejects.toEqual(aborted);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      await new Promise(setImmediate);
      expect(warnings).toStrictEqual([]);
    });

    test('hears a signal of somebody else', async () => {
      const foreign = createForeignSignal();
      const running = createClient(work, untilAborted).run(1, { signal: foreign.signal, onProgress: () => {} });
      await new Promise(setImmediate);
      const reason = new Error('enough');
      foreign.abort(reason);
      await expect(running).rejects.toBe(reason);
      expect(foreign.listeners.size).toBe(0);
    });

    test('hears of an abort that came while the input was looked at', async () => {
      const controller = new AbortController();
      const slow = defineContract('slow', {
        run: task({ input: z.number().refine(async () => true), output: z.number(), progress: z.number() }),
      });
      const seen: unknown[] = [];
      const caller = createCaller(({ signal }) => {
        seen.push(signal?.aborted);
        return 1;
      });
      const running = createClient(slow, caller).run(1, { signal: controller.signal, onProgress: () => {} });
      controller.abort();
      await running;
      expect(seen).toStrictEqual([true]);
    });
  });

  test('is still cancelled by its caller while it watches progress', async () => {
    const controller = new AbortController();
    const caller = createCaller(
      ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    const running = createClient(work, caller).run(1, { signal: controller.signal, onProgress: () => {} });
    await new Promise(setImmediate);
    controller.abort();
    await expect(running).rejects.toEqual(aborted);
  });

  test('ends a call whose progress does not fit, with that as the reason', async () => {
    const caller = createCaller(
      ({ signal, onProgress }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
          onProgress?.('text');
          onProgress?.(5);
        }),
    );
    const heard: number[] = [];
    const running = createClient(work, caller).run(1, { onProgress: (progress) => heard.push(progress) });
    await expect(running).rejects.toEqual(code('ERR_LINK_INVALID_PROGRESS'));
    expect(heard).toStrictEqual([]);
  });
});
