import { asBuffer } from '../../src/platform/node.ts';
import { becomes, buffer, only, refused, same, type TypeRow } from './row.ts';
import {
  Account,
  count,
  countLater,
  createElement,
  createError,
  createFloat16Array,
  createImageData,
  cryptoKey,
  detach,
  nest,
  OddError,
  Point,
  Resizable,
  returnArguments,
  ring,
  shareMemory,
  Table,
  withHidden,
  withMore,
  withThrowingGetter,
} from './values.ts';

/**
 * The table of docs/PROTOCOL.md, "What happens to each type": what stands in its first column, and values of that kind. It needs
 * nothing of Node, so that a page can run it too.
 */
export const typeRows: Readonly<Record<string, readonly TypeRow[]>> = {
  'null, undefined, boolean, number (NaN, infinities, -0), string': [
    same('null', () => null),
    same('undefined', () => undefined),
    same('true', () => true),
    same('false', () => false),
    same('0', () => 0),
    same('-0', () => -0),
    same('NaN', () => Number.NaN),
    same('Infinity', () => Number.POSITIVE_INFINITY),
    same('-Infinity', () => Number.NEGATIVE_INFINITY),
    same('an integer over 32 bits', () => 2 ** 40 + 1),
    same('a negative integer over 32 bits', () => -(2 ** 40) - 1),
    same('the largest safe integer', () => Number.MAX_SAFE_INTEGER),
    same('the smallest double', () => Number.MIN_VALUE),
    same('the largest double', () => Number.MAX_VALUE),
    same('a fraction', () => 0.1 + 0.2),
    same('an empty string', () => ''),
    same('a string of two scripts', () => 'äöü, plain text and €😀'),
    same('a long string', () => 'äöü€😀'.repeat(6_000)),
    same('a string with a zero', () => 'a\u0000b'),
    same('a string with a byte order mark', () => '\ufeffa'),
    same('a lone high surrogate', () => '\ud800'),
    same('a lone low surrogate', () => 'a\udc00b'),
  ],
  bigint: [
    same('a small bigint', () => 5n),
    same('a negative bigint', () => -5n),
    same('the smallest 64-bit bigint', () => -(2n ** 63n)),
    same('the largest 64-bit bigint', () => 2n ** 63n - 1n),
    same('a bigint over 64 bits', () => 2n ** 64n),
    same('a huge bigint', () => 2n ** 4_000n + 1n),
    same('a huge negative bigint', () => -(2n ** 4_000n) - 1n),
  ],
  list: [
    same('an empty list', () => []),
    same('nested lists', () => [[[[]]], [1, [2, [3]]]]),
    same('a list with undefined', () => [undefined, 1, undefined]),
    same('a sparse list', () => Object.assign([], { 2: 'c', length: 5 })),
    same('a list of holes only', () => Object.assign([], { length: 3 })),
    becomes('a sparse list with a property', {
      sent: () => Object.assign([], { 1: 'b', more: 2 }),
      arrives: () => Object.assign([], { 1: 'b' }),
    }),
    becomes('a list of a subclass', {
      sent: () => class List extends Array<unknown> {}.of(1, -0),
      arrives: () => [1, -0],
    }),
  ],
  'plain object, with or without a prototype': [
    same('an empty object', () => ({})),
    same('an object with undefined', () => ({ a: undefined })),
    same('an object with numeric keys', () => ({ 1: 'one', '-1': 'minus' })),
    same('an object with an empty key', () => ({ '': 1 })),
    same('an object with a lone surrogate as key', () => ({ '\ud800': 1 })),
    same('an object that is 1,100 deep', () => nest('bottom', 1_100)),
    becomes('an object without a prototype', {
      sent: () => Object.assign(Object.create(null), { a: 1 }),
      arrives: () => ({ a: 1 }),
    }),
    becomes('an object with a symbol as key', {
      sent: () => ({ a: -0, [Symbol('s')]: 2 }),
      arrives: () => ({ a: -0 }),
    }),
    becomes('an object with a property that is not enumerable', {
      sent: () => withHidden({ a: 1 }, { b: 2 }),
      arrives: () => ({ a: 1 }),
    }),
    becomes('an object with a getter', {
      sent: () => Object.defineProperty({}, 'a', { get: () => 1, enumerable: true }),
      arrives: () => ({ a: 1 }),
    }),
  ],
  'key `__proto__`, `constructor`, `toJSON`': [
    same('an own __proto__ key', () => JSON.parse('{"__proto__":{"polluted":true},"a":1}')),
    same('an own constructor key', () => ({ constructor: 'mine' })),
    same('an own prototype key', () => ({ prototype: { polluted: true } })),
    same('an own toJSON key', () => ({ toJSON: 'mine', a: 1 })),
    same('an own hasOwnProperty key', () => ({ hasOwnProperty: 1, valueOf: 2, toString: 3 })),
    same('an own then key', () => ({ then: 'later' })),
  ],
  'the same object twice, cycles': [
    same('the same object in several places', () => [{ a: 1 }].flatMap((it) => [it, { it }, new Map([[it, it]])])),
    same('an object that contains itself', () => ring({}, (object, self) => Object.assign(object, { self }))),
    same('a map that contains itself', () => ring(new Map(), (map, self) => map.set('me', self))),
    same('a set that contains itself', () => ring(new Set(), (set, self) => set.add(self))),
    same('a list that contains itself', () => ring<unknown[]>([1], (list, self) => list.push(self))),
    same('an error that is its own cause', () =>
      ring(createError(Error), (error, cause) => withHidden(error, { cause })),
    ),
  ],
  'Map, Set': [
    same('an empty map', () => new Map()),
    same('a map', () => new Map(Object.entries({ one: 1, two: { three: 3 }, nothing: undefined }))),
    same(
      'a map with other keys than text',
      () => new Map([[1], [null], [undefined], [Number.NaN]].map((key) => [key[0], key])),
    ),
    same('a map with objects as keys', () => new Map([[{ a: 1 }, new Date(0)]])),
    same('an empty set', () => new Set()),
    same('a set', () => new Set<unknown>([1, 'two', { three: 3 }, Number.NaN])),
    becomes('a map of a subclass', {
      sent: () => new Table([[1, 2]]),
      arrives: () => new Map([[1, 2]]),
    }),
    becomes('a map with a property', { sent: () => withMore(new Map([[1, 2]])), arrives: () => new Map([[1, 2]]) }),
    becomes('a set under another name', {
      sent: () => Object.defineProperty(new Set([1]), Symbol.toStringTag, { value: 'Other' }),
      arrives: () => new Set([1]),
    }),
  ],
  'Date, also an invalid one': [
    same('a date', () => new Date(1_700_000_000_123)),
    same('a date before 1970', () => new Date(-1.5e12)),
    same('an invalid date', () => new Date(Number.NaN)),
    becomes('a date with a property', { sent: () => withMore(new Date(5)), arrives: () => new Date(5) }),
  ],
  RegExp: [
    same('a regular expression', () => /a[/]b+/giu),
    becomes('a regular expression that has matched', {
      sent: () => Object.assign(/a/g, { lastIndex: 3 }),
      arrives: () => /a/g,
    }),
  ],
  'boxed number, string, boolean, bigint': [
    same('a boxed boolean', () => Object(false)),
    same('a boxed number', () => Object(-0)),
    same('a boxed string', () => Object('text')),
    same('a boxed string with a lone surrogate', () => Object('\udfff')),
    same('a boxed bigint', () => Object(2n ** 70n)),
  ],
  'Buffer, every typed array, DataView, ArrayBuffer': [
    buffer('an empty Buffer', []),
    buffer('a small Buffer', [0, 1, 254, 255]),
    buffer(
      'a large Buffer',
      Array.from({ length: 10_000 }, (_, index) => index),
    ),
    same('an empty ArrayBuffer', () => new ArrayBuffer(0)),
    same('an ArrayBuffer', () => Uint8Array.of(9, 8, 7).buffer),
    same('a DataView', () => new DataView(Uint8Array.of(2, 3).buffer)),
    becomes('a part as a DataView', {
      sent: () => new DataView(Uint8Array.of(1, 2, 3).buffer, 1, 1),
      arrives: () => new DataView(Uint8Array.of(2).buffer),
    }),
    same('an Int8Array', () => Int8Array.of(-128, 127)),
    same('a Uint8Array', () => Uint8Array.of(0, 255)),
    same('a large Uint8Array', () => new Uint8Array(10_000).fill(7)),
    same('a Uint8ClampedArray', () => Uint8ClampedArray.of(0, 300)),
    same('an Int16Array', () => Int16Array.of(-32_768, 32_767)),
    same('a Uint16Array', () => Uint16Array.of(0, 65_535)),
    same('an Int32Array', () => Int32Array.of(-(2 ** 31), 2 ** 31 - 1)),
    same('a Uint32Array', () => Uint32Array.of(0, 2 ** 32 - 1)),
    same('a Float32Array', () => Float32Array.of(0.5, -0, Number.NaN, Number.POSITIVE_INFINITY)),
    same('a Float64Array', () => Float64Array.of(0.1, -0, Number.NaN)),
    same('a BigInt64Array', () => BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n)),
    same('a BigUint64Array', () => BigUint64Array.of(0n, 2n ** 64n - 1n)),
    same('a part of a larger typed array', () => Uint16Array.of(1, 2, 3, 4).subarray(1, 3)),
    becomes('a typed array of a subclass', {
      sent: () => new (class Bytes extends Uint8Array {})([1]),
      arrives: () => Uint8Array.of(1),
    }),
    becomes('a resizable ArrayBuffer', {
      sent: () => new Resizable(2, { maxByteLength: 8 }),
      arrives: () => new ArrayBuffer(2),
    }),
  ],
  'Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError': [
    ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) =>
      same(type.name, () => createError(type)),
    ),
    same('an error with an error as its cause', () =>
      withHidden(createError(Error), { cause: createError(TypeError) }),
    ),
    same('an error with something else as its cause', () => withHidden(createError(Error), { cause: { code: 7 } })),
    same('an error with properties', () => createError(Error, { code: 'ENOENT', when: [1n] })),
  ],
  'error with another `name`, DOMException, AggregateError': [
    becomes('an error of a class of its own', {
      sent: () => createError(OddError),
      arrives: () => withHidden(createError(Error, { code: 7 }), { name: 'OddError' }),
    }),
    ...only('DOMException', [
      becomes('a DOMException', {
        sent: () => withHidden(new DOMException('broken', 'AbortError'), { stack: 'a stack' }),
        arrives: () => withHidden(createError(Error), { name: 'AbortError' }),
      }),
    ]),
    becomes('an AggregateError', {
      sent: () => withHidden(new AggregateError([createError(RangeError), 'two'], 'broken'), { stack: 'a stack' }),
      arrives: () =>
        withHidden(createError(Error), { name: 'AggregateError', errors: [createError(RangeError), 'two'] }),
    }),
  ],
  'instance of a class, with properties of its own': [
    becomes('an instance of a class', { sent: () => new Point(), arrives: () => ({ x: 1, y: 2 }) }),
    becomes('an object with another as its prototype', {
      sent: () => withMore(Object.create({ a: 1 })),
      arrives: () => ({ more: 1 }),
    }),
    ...only('node', [
      becomes('a URL with a property', { sent: () => withMore(new URL('file:///')), arrives: () => ({ more: 1 }) }),
    ]),
  ],
  'instance of a class that is built into a page, or that extends one of these': [
    ...only('page', [
      refused('an Intl object with a property', 'an instance of NumberFormat, whose content', () =>
        withMore(new Intl.NumberFormat()),
      ),
      refused('an instance of a class that extends one', 'an instance of Format, whose content', () =>
        withMore(new (class Format extends Intl.NumberFormat {})()),
      ),
    ]),
    ...only('document', [
      refused('an element', 'an instance of HTMLDivElement, whose content', () => createElement('div')),
      refused('an element with a property', 'an instance of HTMLDivElement, whose content', () =>
        withMore(createElement('div')),
      ),
      refused('an event', 'an instance of Event, whose content', () => new Event('click')),
      refused('a File with a property', 'an instance of File, whose content', () => withMore(new File([], 'name'))),
      refused('an ImageData', 'an instance of ImageData, whose content', () => createImageData()),
      refused('the window', 'an instance of Window, whose content', () => globalThis),
    ]),
  ],
  'instance of a class without any, such as URL, Blob, Headers, KeyObject, MessagePort': [
    refused(
      'an instance whose content is private',
      'an instance of Account without properties of its own',
      () => new Account(),
    ),
    refused('a URL', 'an instance of URL', () => new URL('http://localhost/')),
    refused('a Blob', 'an instance of Blob', () => new Blob(['text'])),
    refused('Headers', 'an instance of Headers', () => new Headers({ a: '1' })),
    refused('FormData', 'an instance of FormData', () => new FormData()),
    refused('an AbortSignal', 'an instance of AbortSignal', () => new AbortController().signal),
    refused('a TextDecoder', 'an instance of TextDecoder', () => new TextDecoder()),
    refused('a File', 'an instance of File', () => new File([], 'name')),
    refused('a MessagePort', 'an instance of MessagePort', () => new MessageChannel().port1),
    ...only('CryptoKey', [refused('a CryptoKey', 'an instance of CryptoKey', cryptoKey)]),
  ],
  'Proxy of a plain object or list': [
    becomes('a Proxy of a plain object', { sent: () => new Proxy({ a: [1] }, {}), arrives: () => ({ a: [1] }) }),
    becomes('a Proxy of a list', { sent: () => new Proxy([1, new Map()], {}), arrives: () => [1, new Map()] }),
    ...only('node', [
      refused('a Proxy of a Map', 'a Proxy', () => new Proxy(new Map(), {})),
      refused('a Proxy of bytes', 'a Proxy', () => new Proxy(Uint8Array.of(1), {})),
      refused('a Proxy of an instance', 'a Proxy', () => new Proxy(new Point(), {})),
    ]),
    ...only('page', [
      refused('a Proxy of a Map, in a page', 'an instance of Map, whose content', () => new Proxy(new Map(), {})),
      refused(
        'a Proxy of bytes, in a page',
        'an instance of Uint8Array, whose content',
        () => new Proxy(Uint8Array.of(1), {}),
      ),
      becomes('a Proxy of an instance, in a page', {
        sent: () => new Proxy(new Point(), {}),
        arrives: () => ({ x: 1, y: 2 }),
      }),
    ]),
  ],
  '`arguments`': [
    becomes('the arguments of a call', { sent: () => returnArguments(1, 'two'), arrives: () => ({ 0: 1, 1: 'two' }) }),
  ],
  'object with a getter that throws': [
    refused('an object with a getter that throws', 'an object with a getter that throws', withThrowingGetter),
  ],
  'function, symbol, boxed symbol': [
    refused('a function', 'a function', () => () => 1),
    refused('a class', 'a function', () => Account),
    refused('a symbol', 'a symbol', () => Symbol('s')),
    refused('a boxed symbol', 'a symbol', () => Object(Symbol('s'))),
  ],
  'Promise, WeakMap, WeakSet, WeakRef, iterator, generator': [
    refused('a Promise', 'a Promise', () => Promise.resolve(1)),
    refused('a WeakMap', 'a weak reference', () => new WeakMap()),
    refused('a WeakSet', 'a weak reference', () => new WeakSet()),
    refused('a WeakRef', 'a weak reference', () => new WeakRef({})),
    refused('a generator', 'a generator', () => count()),
    refused('an asynchronous generator', 'a generator', () => countLater()),
    refused('an iterator of a list', 'an iterator', () => [1].values()),
    refused('an iterator of a map', 'an iterator', () => new Map([[1, 2]]).entries()),
  ],
  'detached ArrayBuffer and views of it': [
    refused('detached memory', 'memory that was handed to somebody else', () => detach(new ArrayBuffer(8))),
    refused('a typed array of detached memory', 'memory that was handed to somebody else', () => {
      const view = new Uint8Array(8);
      detach(view.buffer);
      return view;
    }),
    refused('a DataView of detached memory', 'memory that was handed to somebody else', () => {
      const view = new DataView(new ArrayBuffer(8));
      detach(view.buffer);
      return view;
    }),
  ],
  'SharedArrayBuffer and views of it': [
    refused('shared memory', 'shared memory', shareMemory),
    refused('a view of shared memory', 'shared memory', () => new Uint8Array(shareMemory(), 0, 8)),
    refused('a Buffer of shared memory', 'shared memory', () => asBuffer(new Uint8Array(shareMemory()))),
  ],
  Float16Array: only('Float16Array', [refused('a Float16Array', 'a Float16Array', createFloat16Array)]),
};
