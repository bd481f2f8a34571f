import { describe, expect, test, vi } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { tooLargeError } from '../../src/envelope/errors.ts';
import { Flag, Kind } from '../../src/envelope/frame.ts';
import { Deadlines } from '../../src/link/deadlines.ts';
import { encodeFailure } from '../../src/link/failure.ts';
import { InboundRequest } from '../../src/link/inbound-request.ts';
import type { ReplyChannel } from '../../src/link/reply-channel.ts';
import { LinkError } from '../../src/link-error.ts';
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
    codec: codecs.msgpack,
    peerStreamWindow: 10,
    tellsRefusals: true,
    encode: (value) => codecs.msgpack.encode(value),
    encodeFailure: (failure) => encodeFailure(failure, codecs.msgpack, maxBytes),
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
    key: undefined,
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

  test('is refused by the link under its own flag, where the peer knows that', () => {
    const { channel, sent } = createChannel();
    const error = new LinkError('ERR_LINK_CLOSED', 'no');
    createRequest(channel).refuse(error);
    createRequest({ ...channel, tellsRefusals: false }).refuse(error);
    expect(sent).toMatchObject([
      { kind: Kind.reply, flags: Flag.failed | Flag.refused, value: { code: 'ERR_LINK_CLOSED', message: 'no' } },
      { kind: Kind.reply, flags: Flag.failed, value: { code: 'ERR_LINK_CLOSED', message: 'no' } },
    ]);
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

describe('a request that fails', () => {
  test('is answered with the error as it is, where that can be sent', () => {
    const { channel, sent } = createChannel();
    expect(createRequest(channel).fail(new TypeError('wrong'))).toBe(true);
    expect(sent).toMatchObject([{ flags: Flag.failed, value: { message: 'wrong' } }]);
    expect(sent[0]?.value).not.toHaveProperty('omitted');
  });

  test('is answered with what can be sent of it otherwise, also as a reply', () => {
    const { channel, sent } = createChannel();
    const error = Object.assign(new TypeError('wrong'), { callback: () => 1 });
    createRequest(channel).fail(error);
    createRequest(channel).reply(error, undefined);
    const value = { message: 'wrong', omitted: ['callback'] };
    expect(sent).toMatchObject([{ value }, { value }]);
  });

  test('is answered once', () => {
    const { channel, sent } = createChannel();
    const request = createRequest(channel);
    request.reply(1, undefined);
    expect([request.fail(new Error('late')), request.fail(Promise.resolve())]).toStrictEqual([false, false]);
    expect(sent).toHaveLength(1);
  });

  test("because its answer can't be sent, is refused by the link", () => {
    const { channel, sent } = createChannel(500);
    for (const send of [
      (request: InboundRequest) => request.reply(() => 1, undefined),
      (request: InboundRequest) => request.progress(() => 1),
      (request: InboundRequest) => request.reply('x'.repeat(1_000), undefined),
    ]) {
      const request = createRequest(channel);
      try {
        send(request);
      } catch (error) {
        request.fail(error);
      }
    }
    const flags = Flag.failed | Flag.refused;
    expect(sent).toMatchObject([
      { flags, value: { code: 'ERR_LINK_UNSERIALIZABLE' } },
      { flags, value: { code: 'ERR_LINK_UNSERIALIZABLE' } },
      { flags, value: { code: 'ERR_LINK_TOO_LARGE' } },
    ]);
  });

  test('because of the same fault elsewhere, is failed by its handler', () => {
    const { channel, sent } = createChannel();
    const request = createRequest(channel);
    expect(() => request.reply(() => 1, undefined)).toThrow(code('ERR_LINK_UNSERIALIZABLE'));
    request.fail(new LinkError('ERR_LINK_UNSERIALIZABLE', 'of another call'));
    expect(sent).toMatchObject([{ flags: Flag.failed, value: { message: 'of another call' } }]);
  });

  test('is answered with an empty failure where nothing fits', () => {
    const { channel, sent } = createChannel(10);
    createRequest(channel).fail(new TypeError('x'.repeat(1_000)));
    expect(sent).toStrictEqual([{ kind: Kind.reply, flags: Flag.failed, value: undefined }]);
  });

  test('ends where not even that fits, and nothing is thrown', () => {
    const { channel, sent, over } = createChannel(0);
    const request = createRequest(channel);
    expect(request.fail(Symbol('odd'))).toBe(false);
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
