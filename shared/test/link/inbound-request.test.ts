import { describe, expect, test, vi } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { tooLargeError } from '../../src/envelope/errors.ts';
import { Flag, Kind } from '../../src/envelope/frame.ts';
import { Deadlines } from '../../src/link/deadlines.ts';
import { InboundRequest, type ReplyChannel, replyWithError } from '../../src/link/inbound-request.ts';
import { aborted, code } from '../support/code.ts';
import { decodeBody, bodyBytes } from '../support/bodies.ts';
import { FakeClock } from '../support/fake-clock.ts';

interface Sent {
  readonly kind: Kind;
  readonly flags: number;
  readonly value: unknown;
}

/** A connection that takes frames up to a size, and tells what it took. */
function createChannel(maxBytes = Number.POSITIVE_INFINITY): { channel: ReplyChannel; sent: Sent[]; over: number[] } {
  const sent: Sent[] = [];
  const over: number[] = [];
  const channel: ReplyChannel = {
    isClosed: false,
    isOpen: true,
    bytesWaiting: 0,
    peerStreamWindow: 10,
    encode: (value) => codecs.msgpack.encode(value),
    send({ kind, flags = 0, body }) {
      if (body.bytes > maxBytes) throw tooLargeError(body.bytes, maxBytes);
      sent.push({ kind, flags, value: decodeBody('msgpack', bodyBytes(body), body.flags) });
    },
    tellEnd: () => {},
    awaitDrain: () => {},
    holdProgress: () => {},
    abandon: () => {},
    forget: ({ correlation }) => over.push(correlation),
  };
  return { channel, sent, over };
}

function createRequest(
  channel: ReplyChannel,
  details: { isStream?: boolean; timeoutMs?: number } = {},
): InboundRequest {
  const { isStream = false, timeoutMs = 0 } = details;
  return new InboundRequest(channel, 7, {
    id: 'x',
    data: 1,
    task: undefined,
    timeoutMs,
    traceparent: undefined,
    isStream,
  });
}

describe('a request that came in', () => {
  test('is over with its first reply', () => {
    const { channel, sent, over } = createChannel();
    const request = createRequest(channel);
    expect([request.reply('one', undefined), request.reply('two', undefined)]).toStrictEqual([true, false]);
    expect(sent).toStrictEqual([{ kind: Kind.reply, flags: 0, value: 'one' }]);
    expect(over).toStrictEqual([7]);
  });

  test('is refused whatever the data says about success', () => {
    const { channel, sent } = createChannel();
    createRequest(channel).refuse({ success: true });
    expect(sent).toStrictEqual([{ kind: Kind.reply, flags: Flag.failed, value: { success: true } }]);
  });

  test("stays open when its reply can't be sent", () => {
    const { channel, sent, over } = createChannel(50);
    const request = createRequest(channel);
    expect(() => request.reply('x'.repeat(100), undefined)).toThrow(code('ERR_LINK_TOO_LARGE'));
    expect(() => request.reply(() => 1, undefined)).toThrow(code('ERR_LINK_UNSERIALIZABLE'));
    expect(over).toStrictEqual([]);
    expect(request.reply('fits', undefined)).toBe(true);
    expect(sent).toHaveLength(1);
  });

  test('aborts its handler when the time that the sender had is over', () => {
    const clock = new FakeClock();
    const { channel, over } = createChannel();
    const request = createRequest(channel, { timeoutMs: 100 });
    request.startTimer(new Deadlines(clock));
    clock.advance(99);
    expect(request.signal.aborted).toBe(false);
    clock.advance(1);
    expect(request.signal.aborted).toBe(true);
    expect(request.signal.reason).toMatchObject({
      name: 'TimeoutError',
      message: 'The requester waited 100 ms and no longer.',
    });
    expect(request.reply('late', undefined)).toBe(false);
    expect(over).toStrictEqual([7]);
  });

  test('has no timer left once it is answered', () => {
    const clock = new FakeClock();
    const request = createRequest(createChannel().channel, { timeoutMs: 100 });
    request.startTimer(new Deadlines(clock));
    request.reply(1, undefined);
    clock.advance(1_000);
    expect(request.signal.aborted).toBe(false);
  });
});

describe('replyWithError', () => {
  test('sends the error as it is, where that can be', () => {
    const { channel, sent } = createChannel();
    replyWithError(createRequest(channel), new TypeError('wrong'));
    expect(sent).toMatchObject([{ flags: Flag.failed, value: { message: 'wrong' } }]);
  });

  test('sends what can be sent of it otherwise', () => {
    const { channel, sent } = createChannel();
    replyWithError(createRequest(channel), Object.assign(new TypeError('wrong'), { callback: () => 1 }));
    expect(sent).toMatchObject([
      { value: { name: 'TypeError', message: 'wrong', unsent: expect.stringContaining('a function') } },
    ]);
  });

  test('sends an empty failure where nothing fits', () => {
    const { channel, sent } = createChannel(10);
    replyWithError(createRequest(channel), new TypeError('x'.repeat(1_000)));
    expect(sent).toStrictEqual([{ kind: Kind.reply, flags: Flag.failed, value: undefined }]);
  });

  test('ends the request where not even that fits, and never throws', () => {
    const { channel, sent, over } = createChannel(0);
    const request = createRequest(channel);
    replyWithError(request, Symbol('odd'));
    expect(sent).toStrictEqual([]);
    expect(over).toStrictEqual([7]);
    expect(request.isOver).toBe(true);
  });
});

describe('a stream that was asked for', () => {
  test('ends after what was written, though that still waits for credit', async () => {
    const { channel, sent } = createChannel();
    const request = createRequest(channel, { isStream: true });
    const writing = ['0123456789', 'second', 'third'].map((item) => request.write(item));
    expect(request.reply(undefined, true)).toBe(true);
    expect(request.reply(undefined, true)).toBe(false);
    await expect(request.write('more')).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    request.addCredit(1_000);
    await Promise.all(writing);
    expect(sent.map(({ kind }) => kind)).toStrictEqual([Kind.chunk, Kind.chunk, Kind.chunk, Kind.end]);
  });

  test('that is aborted while it ends settles whoever writes', async () => {
    const { channel, sent } = createChannel();
    const request = createRequest(channel, { isStream: true });
    const writing = Promise.allSettled(['0123456789', 'second'].map((item) => request.write(item)));
    request.reply(undefined, true);
    request.abort(new DOMException('enough', 'AbortError'));
    expect(await writing).toMatchObject([{ status: 'fulfilled' }, { reason: aborted }]);
    request.addCredit(1_000);
    expect(sent.map(({ kind }) => kind)).toStrictEqual([Kind.chunk]);
  });

  test('tells each writer alone what is too large, though it waited', async () => {
    const { channel, sent } = createChannel(100);
    const request = createRequest(channel, { isStream: true });
    const writing = Promise.allSettled(['0123456789', 'x'.repeat(200), 'third'].map((item) => request.write(item)));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(() => request.addCredit(1_000)).not.toThrow();
    expect((await writing).map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(sent.map(({ value }) => value)).toStrictEqual(['0123456789', 'third']);
  });
});
