import { once } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createReply, decideSuccess, ReplyError } from '../../src/link/reply.ts';
import { LinkError } from '../../src/link-error.ts';
import { code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';

overEachTransport((network) => {
  test('a reply after the sender has given up is ignored', async () => {
    const alice = network.createServer('alice');
    const bob = network.createServer('bob');
    await alice.connectTo('bob');
    const begun = once(bob, 'message');
    await expect(alice.send('bob', 'late', { timeout: 20 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
    const [late] = await begun;
    late.reply('nobody waits');
    bob.on('message', (message) => message.reply({ echo: message.data }));
    expect(await alice.send('bob', 'next')).toMatchObject({ echo: 'next' });
  });

  test("a value that can't be sent rejects that call alone", async () => {
    const { alice } = await network.createPair();
    const good = alice.send('bob', 'good');
    const bad = alice.send('bob', { list: [() => 1] });
    await expect(bad).rejects.toEqual(code('ERR_LINK_UNSERIALIZABLE'));
    await expect(bad).rejects.toThrow(/^data\.list\[0\] is a function/);
    expect(await good).toMatchObject({ echo: 'good' });
  });

  test("a reply that can't be sent throws in the handler, which may reply something else", async () => {
    const alice = network.createServer('alice');
    network.createServer('bob').on('message', (message) => {
      try {
        message.reply({ bad: Symbol('s') });
      } catch (error) {
        message.reply({ instead: Reflect.get(Object(error), 'code') });
      }
    });
    expect(await alice.send('bob')).toMatchObject({ instead: 'ERR_LINK_UNSERIALIZABLE' });
  });

  test("a reply over the sender's limit throws in the handler", async () => {
    const alice = network.createServer('alice', { maxFrameBytes: 2_000 });
    network.createServer('bob').on('message', (message) => {
      try {
        message.reply('x'.repeat(3_000));
      } catch (error) {
        message.reply({ instead: Reflect.get(Object(error), 'code') });
      }
    });
    expect(await alice.send('bob')).toMatchObject({ instead: 'ERR_LINK_TOO_LARGE' });
  });

  test('a message over the limit rejects with ERR_LINK_TOO_LARGE, and the connection goes on', async () => {
    const { alice } = await network.createPair({ maxFrameBytes: 10_000 });
    await expect(alice.send('bob', 'x'.repeat(20_000))).rejects.toEqual(code('ERR_LINK_TOO_LARGE'));
    expect(await alice.send('bob', 'x'.repeat(1_000))).toMatchObject({ success: true });
  });

  test('a message with neither listener nor handler is answered with ERR_LINK_NO_HANDLER', async () => {
    const alice = network.createServer('alice');
    network.createServer('bob');
    await expect(alice.send('bob')).rejects.toMatchObject({
      code: 'ERR_LINK_NO_HANDLER',
      message: "'bob' has no 'message' listener. Add one before the first message arrives.",
    });
    await expect(alice.send('bob', 1, { task: 'count' })).rejects.toMatchObject({
      code: 'ERR_LINK_NO_HANDLER',
      message: "'bob' has no handler for task 'count'. Add one before the first message arrives.",
    });
  });

  test('a task goes to its handler and to no message listener', async () => {
    const alice = network.createServer('alice');
    const bob = network.createServer('bob').on('message', (message) => message.reply({ by: 'listener' }));
    bob.handle('count', (message) => void message.reply({ by: message.task }));
    expect(await alice.send('bob', 1, { task: 'count' })).toMatchObject({ by: 'count' });
    expect(await alice.send('bob', 1)).toMatchObject({ by: 'listener' });
    expect(() => bob.handle('count', () => {})).toThrow(code('ERR_LINK_INVALID_ARGUMENT'));
  });

  test('a traceparent is carried along', async () => {
    const { alice, bob } = await network.createPair();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob', 1, { traceparent })]);
    expect(message.traceparent).toBe(traceparent);
  });

  test("an error that is printed shows the handler's stack before the frames of this process", async () => {
    const { alice, bob } = await network.createPair();
    const thrown = new RangeError('two\nlines');
    bob.handle('fail', (message) => void message.fail(thrown));
    const error: unknown = await alice.send('bob', 1, { task: 'fail' }).catch((found: unknown) => found);
    if (!(error instanceof ReplyError)) throw new TypeError('It is no ReplyError.');
    const remote = String(thrown.stack).replaceAll('\n', '\n    ');
    expect(error.reply['stack']).toBe(thrown.stack);
    expect(error.stack).toMatch(/^ReplyError: two\nlines\n {4}Stack of 'bob': RangeError: two\n {4}lines\n {8}at /);
    expect(error.stack).toContain(remote);
    expect(error.stack?.split(remote)[1]).toMatch(/^\n {4}at /);
    expect(inspect(error)).toMatch(/^ReplyError: two\nlines\n {4}Stack of 'bob': RangeError: two/);
  });

  test('a key is carried along', async () => {
    const { alice, bob } = await network.createPair();
    const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob', 1, { key: 'document-7' })]);
    expect(message.key).toBe('document-7');
  });

  test('what the two sides hold is not shared', async () => {
    const { alice, bob } = await network.createPair();
    const sent = { list: [1] };
    const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob', sent)]);
    message.data.list.push(2);
    expect(sent).toStrictEqual({ list: [1] });
  });

  test('10,000 requests in flight at once all find their replies', async () => {
    const { alice } = await network.createPair();
    const replies = await Promise.all(Array.from({ length: 10_000 }, (_, n) => alice.send('bob', n)));
    expect(replies.every((reply, n) => reply['echo'] === n)).toBe(true);
  });

  test('a body of many MiB arrives as it was', async () => {
    const { alice } = await network.createPair();
    const body = Buffer.alloc(24 * 1_048_576, 'many MiB');
    const { echo } = await alice.send('bob', body);
    expect(Buffer.isBuffer(echo) && echo.equals(body)).toBe(true);
  });

  test('JSON and MessagePack may be chosen, and either side may choose', async () => {
    for (const [mine, theirs] of [
      ['json', 'msgpack'],
      ['msgpack', 'json'],
      ['json', 'json'],
    ] as const) {
      const alice = network.createServer('alice', { codec: mine });
      const bob = network.createServer('bob', { codec: theirs }).on('message', (m) => m.reply({ echo: m.data }));
      const data = { map: new Map([[1n, Buffer.alloc(5_000, 1)]]), date: new Date(0) };
      expect((await alice.send('bob', data))['echo']).toStrictEqual(data);
      await Promise.all([alice.close(), bob.close()]);
    }
  });
});

describe('createReply', () => {
  test('spreads an Error with all that makes it up', () => {
    const error = new AggregateError([1], 'all failed', { cause: 'why' });
    expect(createReply('x', false, Object.assign(error, { code: 'E' }))).toStrictEqual({
      id: 'x',
      success: false,
      name: 'AggregateError',
      message: 'all failed',
      stack: error.stack,
      cause: 'why',
      errors: [1],
      code: 'E',
    });
  });

  test('lets an own __proto__ of the data pollute nothing', () => {
    const reply = createReply('x', true, JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Reflect.get(reply, 'polluted')).toBeUndefined();
    expect(Object.getPrototypeOf(new ReplyError('bob', reply))).toBe(ReplyError.prototype);
  });
});

test('decideSuccess takes an Error for a failure, unless told otherwise', () => {
  expect(decideSuccess(new Error('x'), undefined)).toBe(false);
  expect(decideSuccess(new Error('x'), true)).toBe(true);
});

describe('ReplyError', () => {
  test("is a LinkError with the replier's properties", () => {
    const error = new ReplyError('bob', { id: 'x', success: false, code: 'E', message: 'no', detail: { a: 1 } });
    expect(error).toBeInstanceOf(LinkError);
    expect(error).toMatchObject({ code: 'E', message: 'no', id: 'x', success: false, detail: { a: 1 } });
    expect(error.reply).toStrictEqual({ id: 'x', success: false, code: 'E', message: 'no', detail: { a: 1 } });
  });

  test('has a code and a sentence where the replier gave none', () => {
    const error = new ReplyError('bob', { id: 'x', success: false });
    expect(error).toMatchObject({ code: 'ERR_LINK_REPLY', message: "'bob' replied to x with success: false." });
  });

  test('keeps its own stack, class and reply, whatever the replier sent', () => {
    const error = new ReplyError('bob', {
      id: 'x',
      success: false,
      code: 7,
      message: { not: 'text' },
      stack: 'theirs',
      reply: 'theirs',
      constructor: 'theirs',
    });
    expect(error).toBeInstanceOf(ReplyError);
    expect(error.code).toBe('ERR_LINK_REPLY');
    expect(error.message).toContain('success: false');
    expect(error.stack).not.toBe('theirs');
    expect(error.reply).toMatchObject({ stack: 'theirs', reply: 'theirs' });
  });
});
