import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Caller, CallOptions } from '../../src/contract/caller.ts';
import { createClient } from '../../src/contract/client.ts';
import { defineContract, stream, task } from '../../src/contract/define.ts';
import { aborted, code } from '../support/code.ts';

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
