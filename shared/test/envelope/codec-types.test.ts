import { describe, expect, test } from 'vitest';
import { codecNames, roundTrip } from '../support/bodies.ts';

class Point {
  readonly x = 1;
  readonly y = 2;
  get length(): number {
    return Math.hypot(this.x, this.y);
  }
}

const cyclic: Record<string, unknown> = { name: 'ring' };
cyclic['self'] = cyclic;
const cyclicMap = new Map<string, unknown>();
cyclicMap.set('me', cyclicMap);
const cyclicSet = new Set<unknown>();
cyclicSet.add(cyclicSet);
const cyclicArray: unknown[] = [1];
cyclicArray.push(cyclicArray);

/** What is sent, and where it isn't the same, what arrives. */
const table: readonly (readonly [name: string, value: unknown, arrives?: unknown])[] = [
  ['null', null],
  ['undefined', undefined],
  ['true', true],
  ['false', false],
  ['0', 0],
  ['-0', -0],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['an integer over 32 bits', 2 ** 40 + 1],
  ['a negative integer over 32 bits', -(2 ** 40) - 1],
  ['the largest safe integer', Number.MAX_SAFE_INTEGER],
  ['the smallest double', Number.MIN_VALUE],
  ['the largest double', Number.MAX_VALUE],
  ['a fraction', 0.1 + 0.2],
  ['a small bigint', 5n],
  ['a negative bigint', -5n],
  ['the smallest 64-bit bigint', -(2n ** 63n)],
  ['the largest 64-bit bigint', 2n ** 63n - 1n],
  ['a bigint over 64 bits', 2n ** 64n],
  ['a huge bigint', 2n ** 4_000n + 1n],
  ['a huge negative bigint', -(2n ** 4_000n) - 1n],
  ['an empty string', ''],
  ['a long string', 'äöü€😀'.repeat(20_000)],
  ['a string with a zero', 'a\u0000b'],
  ['a lone high surrogate', '\ud800'],
  ['a lone low surrogate', 'a\udc00b'],
  ['an empty array', []],
  ['an empty object', {}],
  ['nested arrays', [[[[]]], [1, [2, [3]]]]],
  ['an array with undefined', [undefined, 1, undefined]],
  ['an object with undefined', { a: undefined }],
  ['a sparse array', Object.assign([], { 2: 'c', length: 5 })],
  ['an array of holes only', Object.assign([], { length: 3 })],
  ['an object with numeric keys', { 1: 'one', '-1': 'minus' }],
  ['an object with an empty key', { '': 1 }],
  ['an object with a lone surrogate as key', { '\ud800': 1 }],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ['an instance of a class', new Point(), { x: 1, y: 2 }],
  ['a date', new Date(1_700_000_000_123)],
  ['a date before 1970', new Date(-1.5e12)],
  ['an invalid date', new Date(Number.NaN)],
  ['a regular expression', /a[/]b+/giu],
  [
    'a map',
    new Map<unknown, unknown>([
      [1, 'one'],
      ['two', { three: 3 }],
      [null, undefined],
    ]),
  ],
  ['a map with objects as keys', new Map([[{ a: 1 }, new Date(0)]])],
  ['a set', new Set<unknown>([1, 'two', { three: 3 }, Number.NaN, -0])],
  ['an empty map', new Map()],
  ['an empty set', new Set()],
  ['a boxed boolean', Object(false)],
  ['a boxed number', Object(-0)],
  ['a boxed string', Object('text')],
  ['a boxed string with a lone surrogate', Object('\udfff')],
  ['a boxed bigint', Object(2n ** 70n)],
  ['a proxy of a plain object', new Proxy({ a: [1] }, {}), { a: [1] }],
  ['a proxy of an array', new Proxy([1, new Map()], {}), [1, new Map()]],
  ['the arguments of a call', returnArguments(1, 'two'), { 0: 1, 1: 'two' }],
  ['an object that contains itself', cyclic],
  ['a map that contains itself', cyclicMap],
  ['a set that contains itself', cyclicSet],
  ['an array that contains itself', cyclicArray],
  ['an own __proto__ key', JSON.parse('{"__proto__":{"polluted":true},"a":1}')],
  ['an own constructor key', { constructor: 'mine' }],
  ['an own prototype key', { prototype: { polluted: true } }],
  ['an own toJSON key', { toJSON: 'mine', a: 1 }],
  ['an own hasOwnProperty key', { hasOwnProperty: 1, valueOf: 2, toString: 3 }],
  ['an own then key', { then: 'later' }],
  ['an empty Buffer', Buffer.alloc(0)],
  ['a small Buffer', Buffer.from([0, 1, 254, 255])],
  ['a Buffer that travels as an attachment', Buffer.alloc(10_000, 'attachment')],
  ['an empty ArrayBuffer', new ArrayBuffer(0)],
  ['an ArrayBuffer', new Uint8Array([9, 8, 7]).buffer],
  ['a DataView', new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2), new DataView(new Uint8Array([2, 3]).buffer)],
  ['an Int8Array', new Int8Array([-128, 127])],
  ['a Uint8Array', new Uint8Array([0, 255])],
  ['a large Uint8Array', new Uint8Array(10_000).fill(7)],
  ['a Uint8ClampedArray', new Uint8ClampedArray([0, 300])],
  ['an Int16Array', new Int16Array([-32_768, 32_767])],
  ['a Uint16Array', new Uint16Array([0, 65_535])],
  ['an Int32Array', new Int32Array([-(2 ** 31), 2 ** 31 - 1])],
  ['a Uint32Array', new Uint32Array([0, 2 ** 32 - 1])],
  ['a Float32Array', new Float32Array([0.5, -0, Number.NaN, Number.POSITIVE_INFINITY])],
  ['a Float64Array', new Float64Array([0.1, -0, Number.NaN])],
  ['a BigInt64Array', new BigInt64Array([-(2n ** 63n), 2n ** 63n - 1n])],
  ['a BigUint64Array', new BigUint64Array([0n, 2n ** 64n - 1n])],
  ['a part of a larger typed array', new Uint16Array([1, 2, 3, 4]).subarray(1, 3)],
];

function returnArguments(..._values: unknown[]): unknown {
  // oxlint-disable-next-line prefer-rest-params -- The arguments object itself is what is sent.
  return arguments;
}

describe.each(codecNames)('%s', (codec) => {
  test.each(table)('carries %s', (_name, value, ...[arrives = value]) => {
    const arrived = roundTrip(codec, value);
    expect(arrived).toStrictEqual(arrives);
    expect(Object.prototype.toString.call(arrived)).toBe(Object.prototype.toString.call(arrives));
    expect(Object.getPrototypeOf(Object(arrived))).toBe(Object.getPrototypeOf(Object(arrives)));
  });

  test.each(table)('carries %s inside an object and an array', (_name, value, ...[arrives = value]) => {
    expect(roundTrip(codec, { first: [value], second: 'plain' })).toStrictEqual({ first: [arrives], second: 'plain' });
  });

  test('keeps what is shared shared', () => {
    const shared = { a: 1 };
    const arrived = roundTrip(codec, { one: shared, two: [shared], three: new Map([[shared, shared]]) });
    expect(arrived).toStrictEqual({ one: { a: 1 }, two: [{ a: 1 }], three: new Map([[{ a: 1 }, { a: 1 }]]) });
    const { one, two, three } = Object(arrived);
    expect(two[0]).toBe(one);
    expect([...three.keys()][0]).toBe(one);
    expect(three.get(one)).toBe(one);
  });

  test('gives a cycle the object it came from', () => {
    const arrived = Object(roundTrip(codec, cyclic));
    expect(arrived.self).toBe(arrived);
    const [again] = Object(roundTrip(codec, cyclicSet));
    expect(again.has(again)).toBe(true);
  });

  test('pollutes no prototype', () => {
    const arrived = Object(roundTrip(codec, JSON.parse('{"__proto__":{"polluted":true}}')));
    expect(Object.hasOwn(arrived, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('leaves out what structured clone leaves out: symbols, and what is not enumerable', () => {
    const value = Object.defineProperty({ a: 1, [Symbol('s')]: 2 }, 'hidden', { value: 3, enumerable: false });
    expect(roundTrip(codec, value)).toStrictEqual({ a: 1 });
  });

  test('reads a getter', () => {
    const value = {
      get now() {
        return 'then';
      },
    };
    expect(roundTrip(codec, value)).toStrictEqual({ now: 'then' });
  });

  test('carries what is deeper than the stack', () => {
    let value: unknown = 'bottom';
    for (let depth = 0; depth < 20_000; depth++) value = { in: value };
    let arrived = roundTrip(codec, value);
    for (let depth = 0; depth < 20_000; depth++) arrived = Object(arrived).in;
    expect(arrived).toBe('bottom');
  });

  test('takes no room for the holes of a sparse array', () => {
    const value = Object.assign([], { length: 2 ** 32 - 1, 5: 'five' });
    const arrived = Object(roundTrip(codec, value));
    expect(arrived).toHaveLength(2 ** 32 - 1);
    expect(Object.keys(arrived)).toStrictEqual(['5']);
  });
});
