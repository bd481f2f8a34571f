import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Server } from '../../src/link/server.ts';
import { CallWorld, Sent } from '../support/call-world.ts';
import { aborted, code } from '../support/code.ts';
import { createForeignSignal } from '../support/foreign-signal.ts';
import { overEachTransport } from '../support/network.ts';

function fail(): never {
  throw new RangeError('trapped');
}

const neverAborted = { aborted: false, addEventListener() {}, removeEventListener() {} };

/** Options that no call can be made with. */
const impossible: readonly (readonly [name: string, options: unknown, words: string])[] = [
  ['null', null, 'options must be an object, not null'],
  ['text', 'fast', 'options must be an object, not "fast"'],
  ['a negative timeout', { timeout: -1 }, 'timeout must be milliseconds above 0, or Infinity for none, not -1'],
  ['a timeout that is text', { timeout: '5' }, 'timeout must be milliseconds above 0, or Infinity for none, not "5"'],
  ['a signal that is null', { signal: null }, 'signal must be an AbortSignal, not null'],
  ['a controller for a signal', { signal: new AbortController() }, 'signal must be an AbortSignal'],
  ['a signal without listeners', { signal: { aborted: false } }, 'signal must be an AbortSignal'],
  ['a signal that only hears', { signal: new EventTarget() }, 'signal must be an AbortSignal'],
  [
    'a signal by its prototype alone',
    { signal: Object.create(AbortSignal.prototype) },
    'signal must be an AbortSignal',
  ],
  [
    'a signal that takes no listener',
    { signal: { ...neverAborted, addEventListener: fail } },
    "it can't be listened to",
  ],
  ['a task that is no text', { task: 5 }, 'task must be a string, not 5'],
  ['a key that is no text', { key: 5 }, 'key must be a string, not 5'],
  ['a key that is too long', { key: 'x'.repeat(4_097) }, 'key must have at most 4096 characters, not 4097'],
  ['a traceparent that is no text', { traceparent: {} }, 'traceparent must be a string'],
];

test("a signal that takes no listener leaves nothing in the book of open calls, its call's deadline neither", () => {
  const world = new CallWorld();
  const failures: unknown[] = [];
  const sink = Object.assign(new Sent(new AbortController()), { fail: (error: unknown) => failures.push(error) });
  const signal: AbortSignal = Object({ ...neverAborted, addEventListener: fail });
  const target = { peer: 'bob', data: {}, isStream: false };
  expect(world.book.open(target, { signal, timeout: 10 }, sink)).toBeNull();
  world.clock.advance(1_000);
  expect(failures).toMatchObject([{ code: 'ERR_LINK_INVALID_ARGUMENT', cause: new RangeError('trapped') }]);
  expect([world.book.size, world.settledByBook]).toStrictEqual([0, 0]);
});

overEachTransport((network) => {
  /** It counts no call that is over, or it would wait for it. */
  async function expectIdle(alice: Server): Promise<void> {
    expect(await alice.send('bob', 'after')).toMatchObject({ echo: 'after' });
    await alice.close({ drain: 60_000 });
  }

  describe.each<readonly [string, (alice: Server, data: unknown, options?: object) => Promise<unknown>]>([
    ['send', (alice, data, options) => alice.send('bob', data, options)],
    ['stream', (alice, data, options) => alice.stream('bob', data, options).next()],
    ['socket.send', async (alice, data, options) => (await alice.connectTo('bob')).send(data, options)],
  ])('%s', (_name, call) => {
    test.each(impossible)('with %s is refused, and nothing has begun', async (_what, options, words) => {
      const { alice, bob } = await network.createPair();
      bob.prependListener('message', ({ data }) => expect(data).toBe('after'));
      const calling = Reflect.apply(call, null, [alice, 1, options]);
      await expect(calling).rejects.toMatchObject({
        code: 'ERR_LINK_INVALID_ARGUMENT',
        message: expect.stringContaining(words),
      });
      await expectIdle(alice);
    });

    test.each<readonly [string, object]>([
      ['a getter that throws', Object.defineProperty({}, 'id', { enumerable: true, get: fail })],
      ['a Proxy that throws', new Proxy({}, { has: fail })],
    ])('with an id that is %s is refused, and nothing is left behind', async (_what, data) => {
      const { alice } = await network.createPair();
      await expect(call(alice, data)).rejects.toMatchObject({
        code: 'ERR_LINK_UNSERIALIZABLE',
        message: expect.stringMatching(/^data\.id is a getter that throws/),
        cause: new RangeError('trapped'),
      });
      await expectIdle(alice);
    });

    test('with a signal of somebody else is cancelled by it all the same', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const foreign = createForeignSignal();
      const calling = call(alice, 1, { signal: foreign.signal });
      const [message] = await once(bob, 'message');
      foreign.abort('enough');
      await Promise.all([expect(calling).rejects.toEqual(aborted), once(message.signal, 'abort')]);
      expect(foreign.listeners.size).toBe(0);
      await expect(call(alice, 1, { signal: foreign.signal })).rejects.toEqual(aborted);
    });
  });

  test('close() without options to speak of is refused', async () => {
    const alice = network.createServer('alice');
    await expect(Reflect.apply(alice.close, alice, [null])).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
    await expect(alice.close({ drain: -1 })).rejects.toThrow('close({ drain }): must be milliseconds');
  });
});
