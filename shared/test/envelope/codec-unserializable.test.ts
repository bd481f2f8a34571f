import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { codecNames, roundTrip } from '../support/bodies.ts';

const getterThatThrows = Object.defineProperty({}, 'trap', {
  enumerable: true,
  get() {
    throw new RangeError('trapped');
  },
});

const detached = new ArrayBuffer(8);
structuredClone(detached, { transfer: [detached] });

describe.each(codecNames)('%s', (codec) => {
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

  test('refuses a KeyObject', () => {
    expect(() => codecs[codec].encode({ key: createSecretKey(Buffer.alloc(16)) })).toThrow(
      /^data\.key is an instance of /,
    );
  });

  test('refuses detached memory', () => {
    expect(() => codecs[codec].encode({ detached })).toThrow(
      expect.objectContaining({ code: 'ERR_LINK_UNSERIALIZABLE' }),
    );
  });

  test("refuses an error whose message can't be read", () => {
    const error = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no');
      },
    });
    expect(() => codecs[codec].encode({ error })).toThrow(expect.objectContaining({ code: 'ERR_LINK_UNSERIALIZABLE' }));
  });

  test('is none the worse for a refusal', () => {
    expect(() => codecs[codec].encode({ a: Symbol('s') })).toThrow();
    expect(roundTrip(codec, { a: 1 })).toStrictEqual({ a: 1 });
  });
});
