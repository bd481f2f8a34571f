import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { codecNames, roundTrip } from '../support/bodies.ts';

class Account {
  readonly #balance = 1;
  balance(): number {
    return this.#balance;
  }
}

function* count(): Generator<number> {
  yield 1;
}

const getterThatThrows = Object.defineProperty({}, 'trap', {
  enumerable: true,
  get() {
    throw new RangeError('trapped');
  },
});

const detached = new ArrayBuffer(8);
structuredClone(detached, { transfer: [detached] });

/** A value that can't be sent, and the words by which the error says so. */
const table: readonly (readonly [name: string, value: unknown, words: string])[] = [
  ['a function', () => 1, 'a function'],
  ['a class', Account, 'a function'],
  ['a symbol', Symbol('s'), 'a symbol'],
  ['a boxed symbol', Object(Symbol('s')), 'a symbol'],
  ['a Promise', Promise.resolve(1), 'a Promise'],
  ['a WeakMap', new WeakMap(), 'a weak reference'],
  ['a WeakSet', new WeakSet(), 'a weak reference'],
  ['a WeakRef', new WeakRef({}), 'a weak reference'],
  ['a generator', count(), 'a generator'],
  ['an array iterator', [1].values(), 'an iterator'],
  ['a map iterator', new Map([[1, 2]]).entries(), 'an iterator'],
  ['shared memory', new SharedArrayBuffer(8), 'shared memory'],
  ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8)), 'shared memory'],
  ['an instance whose content is private', new Account(), 'an instance of Account without properties of its own'],
  ['a URL', new URL('http://localhost/'), 'an instance of URL without properties of its own'],
  ['a Proxy of a Map', new Proxy(new Map(), {}), 'a Proxy'],
  ['a getter that throws', getterThatThrows, 'an object with a getter that throws'],
];

describe.each(codecNames)('%s', (codec) => {
  test.each(table)('refuses %s and says where it is', (_name, value, words) => {
    expect(() => codecs[codec].encode(value)).toThrow(
      expect.objectContaining({ code: 'ERR_LINK_UNSERIALIZABLE', message: expect.stringContaining(words) }),
    );
    const nested = { list: [0, { deep: value }] };
    expect(() => codecs[codec].encode(nested)).toThrow(/^data\.list\[1\]\.deep(\.valueOf\(\))? is /);
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
