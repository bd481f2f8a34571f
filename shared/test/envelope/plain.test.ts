import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { Flag } from '../../src/envelope/frame.ts';
import { LARGE_BYTES } from '../../src/envelope/msgpack-writer.ts';
import { bodyBytes, roundTrip } from '../support/bodies.ts';

const shared = { a: 1 };

describe('MessagePack itself writes', () => {
  test.each([
    ['numbers, text and lists', { a: [1, 'two', null, true, 0.5] }],
    ['undefined', { a: undefined }],
    ['numbers that are not finite', [Number.NaN, Number.NEGATIVE_INFINITY]],
    ['bigints of 64 bits', [2n ** 63n - 1n]],
    ['small Buffers', Buffer.alloc(LARGE_BYTES - 1)],
    ['objects without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('%s', (_name, value) => {
    expect(codecs.msgpack.encode(value)).toMatchObject({ flags: 0, tail: [] });
  });

  test('large Buffers, which it does not copy', () => {
    const bytes = Buffer.alloc(LARGE_BYTES, 1);
    const body = codecs.msgpack.encode({ bytes, behind: [bytes.subarray(1), 'it'] });
    expect(body.flags).toBe(0);
    expect(body.tail[0]).toBe(bytes);
    expect(body.bytes).toBe(bodyBytes(body).length);
    expect(bodyBytes(body).toString('hex')).toBe(
      `82a56279746573c51000${'01'.repeat(LARGE_BYTES)}a6626568696e6492c50fff${'01'.repeat(LARGE_BYTES - 1)}a26974`,
    );
  });

  test('a value whose getter sends something itself', () => {
    const value = {
      before: 1,
      get now() {
        return codecs.msgpack.encode({ other: 2 }).bytes;
      },
      after: 3,
    };
    expect(bodyBytes(codecs.msgpack.encode(value)).toString('hex')).toBe(
      bodyBytes(codecs.msgpack.encode({ before: 1, now: 8, after: 3 })).toString('hex'),
    );
  });

  test.each([
    ['takes keys away', (value: Record<string, unknown>) => Reflect.deleteProperty(value, 'after')],
    ['puts in keys', (value: Record<string, unknown>) => (value['more'] = 1)],
  ])('a value with a getter that %s', (_name, change) => {
    const value: Record<string, unknown> = {
      before: 1,
      get now() {
        return change(value) && 2;
      },
      after: 3,
    };
    expect(roundTrip('msgpack', value)).toMatchObject({ before: 1, now: 2 });
  });

  test('no keys that all objects have inherited', () => {
    Object.assign(Object.prototype, { inherited: 1 });
    try {
      expect(Object.keys(Object(roundTrip('msgpack', { own: { a: 1 } })))).toStrictEqual(['own']);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'inherited');
    }
  });

  test('what any MessagePack reader reads', () => {
    expect(bodyBytes(codecs.msgpack.encode({ a: [1, 'b'] })).toString('hex')).toBe('81a1619201a162');
  });
});

describe('JSON itself writes', () => {
  test('what JSON can hold', () => {
    const body = codecs.json.encode({ a: [1, 'two', null, true, 0.5] });
    expect(body).toMatchObject({ flags: 0, tail: [] });
    expect(bodyBytes(body).toString()).toBe('{"a":[1,"two",null,true,0.5]}');
  });
});

describe('the graph writes', () => {
  test.each([
    ['what is there twice', [shared, shared]],
    ['-0', -0],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\ud800': 1 }],
    ['a key that a library would treat in its own way', { toJSON: 1 }],
    ['a hole', Object.assign([], { length: 1 })],
    ['a bigint over 64 bits', 2n ** 63n],
    ['a Map', new Map()],
  ])('%s', (_name, value) => {
    expect(codecs.msgpack.encode(value).flags & Flag.graph).toBe(Flag.graph);
  });

  test('large bytes, which it does not copy', () => {
    const bytes = new Uint8Array(LARGE_BYTES);
    const body = codecs.msgpack.encode({ bytes });
    expect(body.flags).toBe(Flag.graph | Flag.attachments);
    expect(body.tail).toHaveLength(2);
    expect(body.tail[0]?.buffer).toBe(bytes.buffer);
    expect(body.bytes).toBe(bodyBytes(body).length);
  });
});
