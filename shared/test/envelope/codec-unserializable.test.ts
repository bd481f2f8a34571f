import { createSecretKey } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { codecNames, roundTrip } from '../support/bodies.ts';

const getterThatThrows = Object.defineProperty({}, 'trap', {
  enumerable: true,
  get() {
    throw new RangeError('trapped');
  },
});

const detached = new ArrayBuffer(8);
const views = [new Uint8Array(detached), new DataView(detached), Buffer.from(detached)];
structuredClone(detached, { transfer: [detached] });

const hostile = new Proxy(
  {},
  {
    ownKeys() {
      throw new RangeError('trapped');
    },
  },
);

/** What only Node has, and the words by which the error says so; all other values are in the table of types. */
const table: readonly (readonly [name: string, value: unknown, words: string])[] = [
  ['a KeyObject', createSecretKey(Buffer.alloc(16)), 'an instance of '],
  ['a Proxy that throws', hostile, "something that can't be read"],
  ['detached memory', detached, 'memory that was handed to somebody else'],
  ['a typed array of detached memory', views[0], 'memory that was handed to somebody else'],
  ['a DataView of detached memory', views[1], 'memory that was handed to somebody else'],
  ['a Buffer of detached memory', views[2], 'memory that was handed to somebody else'],
];

describe.each(codecNames)('%s', (codec) => {
  test.each(table)('refuses %s and says where it is', (_name, value, words) => {
    const nested = { list: [0, { deep: value }] };
    expect(() => codecs[codec].encode(nested)).toThrow(
      expect.objectContaining({
        code: 'ERR_LINK_UNSERIALIZABLE',
        message: expect.stringMatching(/^data\.list\[1\]\.deep is /),
      }),
    );
    expect(() => codecs[codec].encode(value)).toThrow(words);
  });

  test('names the place inside maps, sets and errors', () => {
    const bad = Symbol('bad');
    expect(() => codecs[codec].encode(new Map([['key', bad]]))).toThrow(/^data\.key is a symbol/);
    expect(() => codecs[codec].encode(new Map([[bad, 1]]))).toThrow(/^data\.<key> is a symbol/);
    expect(() => codecs[codec].encode(new Set([bad]))).toThrow(/^data\.<item> is a symbol/);
    expect(() => codecs[codec].encode(new Error('x', { cause: bad }))).toThrow(/^data\.cause is a symbol/);
    expect(() => codecs[codec].encode([new Map(), bad])).toThrow(/^data\[1\] is a symbol/);
  });

  test("keeps the getter's own error as the cause", () => {
    expect(() => codecs[codec].encode(getterThatThrows)).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ message: 'trapped' }) }),
    );
  });

  test('names a place that is deeper than the stack', () => {
    let value: unknown = () => 1;
    for (let depth = 0; depth < 20_000; depth++) value = { next: value };
    expect(() => codecs[codec].encode(value)).toThrow(/^data(\.next){20000} is a function/);
  });

  test("refuses an error whose message can't be read", () => {
    const error = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no');
      },
    });
    expect(() => codecs[codec].encode({ error })).toThrow(expect.objectContaining({ code: 'ERR_LINK_UNSERIALIZABLE' }));
  });

  test('sends an empty Buffer all the same', () => {
    expect(roundTrip(codec, Buffer.alloc(0))).toStrictEqual(Buffer.alloc(0));
  });

  test('is none the worse for a refusal', () => {
    expect(() => codecs[codec].encode({ a: Symbol('s') })).toThrow();
    expect(roundTrip(codec, { a: 1 })).toStrictEqual({ a: 1 });
  });
});

test('a JSON text that is longer than a text can be is too large, as it would be over MessagePack', () => {
  // What V8 throws from some 512 MiB on, which take it seconds.
  const stringify = vi.spyOn(JSON, 'stringify').mockImplementation(() => {
    throw new RangeError('Invalid string length');
  });
  onTestFinished(() => stringify.mockRestore());
  for (const value of [{ text: 'much' }, { map: new Map() }]) {
    expect(() => codecs.json.encode(value)).toThrow(
      expect.objectContaining({ code: 'ERR_LINK_TOO_LARGE', cause: expect.any(RangeError) }),
    );
  }
});

test('a MessagePack body that no memory can be had for is too large, and the next one is sent', () => {
  // What Node throws for more than a buffer can hold, which would take seconds to fill.
  const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(() => {
    throw new RangeError('Array buffer allocation failed');
  });
  onTestFinished(() => allocate.mockRestore());
  const text = 'x'.repeat(100_000);
  for (const value of [{ text }, { text, map: new Map() }]) {
    expect(() => codecs.msgpack.encode(value)).toThrow(
      expect.objectContaining({ code: 'ERR_LINK_TOO_LARGE', cause: expect.any(RangeError) }),
    );
  }
  allocate.mockRestore();
  expect(roundTrip('msgpack', { text })).toStrictEqual({ text });
});
