import { runInNewContext, runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as node from '../../src/platform/node.ts';
import * as page from '../../src/platform/page.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { hexOf } from '../support/bodies.ts';

const platforms: readonly (readonly [name: string, platform: Platform])[] = [
  ['Node', node],
  ['a page', page],
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom('efbbbf61', 'f09f98', 'c080', 'eda080').map((hex) => Buffer.from(hex, 'hex')),
);

test('both platforms have the same exports', () => {
  expect(Object.keys(page).toSorted()).toStrictEqual(Object.keys(node).toSorted());
});

describe('a page does as Node does in', () => {
  test('writing text', () => {
    const write = (platform: Platform, text: string): unknown => {
      const bytes = platform.allocate(platform.utf8Length(text) + 4).fill(7);
      const written = platform.writeUtf8(bytes, text, 2);
      return { written, utf8: hexOf(bytes), utf16: hexOf(platform.encodeUtf16(text)) };
    };
    fc.assert(
      fc.property(anyText, (text) => {
        expect(write(page, text)).toStrictEqual(write(node, text));
      }),
    );
  });

  test('reading bytes as text, whatever they are', () => {
    const read = (platform: Platform, given: Uint8Array, start: number): unknown => {
      const bytes = platform.asBuffer(given);
      return {
        utf8: platform.readUtf8(bytes, start, bytes.length),
        utf16: platform.decodeUtf16(bytes),
        base64: platform.toBase64Url(bytes),
        ascii: platform.readAscii(
          bytes.map((byte) => byte & 0x7f),
          start,
          bytes.length,
        ),
        count: platform.readAscii(bytes, 0, bytes.length).length,
      };
    };
    fc.assert(
      fc.property(anyBytes, fc.nat(3), (bytes, start) => {
        expect(read(page, bytes, start)).toStrictEqual(read(node, bytes, start));
      }),
    );
  });

  test('reading long text', () => {
    const text = 'äöü\ud800'.repeat(10_000);
    expect(page.decodeUtf16(page.encodeUtf16(text))).toBe(text);
  });

  test.each(platforms)('making bytes: %s', (_name, { allocate, allocateUnpooled, asBuffer, concat, randomBytes }) => {
    expect(allocate(5)).toHaveLength(5);
    expect(allocateUnpooled(5).buffer.byteLength).toBe(5);
    expect(hexOf(concat([]))).toBe('');
    expect(hexOf(concat([Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)]))).toBe('010203');
    expect(hexOf(randomBytes(16))).not.toBe(hexOf(randomBytes(16)));
    const bytes = Uint8Array.of(0, 1, 2, 3).subarray(1);
    expect(hexOf(asBuffer(bytes))).toBe('010203');
    expect(asBuffer(bytes).buffer).toBe(bytes.buffer);
  });

  test.each(platforms)('calling what was put off when what runs now is over: %s', async (_name, { defer }) => {
    const calls: string[] = [];
    const isCalled = new Promise<void>((resolve) => {
      defer((name) => {
        calls.push(name);
        resolve();
      }, 'deferred');
    });
    calls.push('now');
    await isCalled;
    expect(calls).toStrictEqual(['now', 'deferred']);
  });

  test.each(platforms)('giving back the timer, which can be cleared: %s', (_name, { unref }) => {
    const timer = setTimeout(() => {}, 1_000_000);
    expect(unref(timer)).toBe(timer);
    clearTimeout(timer);
  });
});

test('an arriving Buffer is a Buffer in Node, and bytes in a page', () => {
  expect(node.asBuffer(Uint8Array.of(1))).toStrictEqual(Buffer.from([1]));
  expect(node.isBuffer(node.asBuffer(Uint8Array.of(1)))).toBe(true);
  expect(page.asBuffer(Uint8Array.of(1))).toStrictEqual(Uint8Array.of(1));
  expect(page.isBuffer(Buffer.of(1))).toBe(false);
});

describe('a page knows what kind of object a value is, as Node does', () => {
  const kinds = [
    'isAnyArrayBuffer',
    'isSharedArrayBuffer',
    'isMap',
    'isSet',
    'isDate',
    'isRegExp',
    'isNativeError',
    'isBoxedPrimitive',
    'isPromise',
    'isWeak',
    'isGeneratorObject',
  ] as const;
  const kindsOf = (platform: Platform, value: unknown): readonly string[] =>
    kinds.filter((kind) => platform[kind](value));

  const sources = [
    'new ArrayBuffer(1)',
    'new SharedArrayBuffer(1)',
    'new Uint8Array(1)',
    'new Map()',
    'new Set()',
    'new Date()',
    '/a/',
    'new TypeError("no")',
    'Object(1)',
    'Object("text")',
    'Object(false)',
    'Object(1n)',
    'Object(Symbol())',
    'Promise.resolve()',
    '({ then() {} })',
    'new WeakMap()',
    'new WeakSet()',
    'new WeakRef({})',
    '(function* () {})()',
    '(async function* () {})()',
    '[].values()',
    '[]',
    '({})',
    'Object.create(null)',
    '(function () { return arguments; })()',
    '() => 1',
    'null',
    'undefined',
    '"text"',
    '1n',
    'new (class A extends Map {})()',
    'new (class A { x = 1 })()',
    'new (class A extends Date { get [Symbol.toStringTag]() { return "A"; } })()',
    'new (class A extends Map { get [Symbol.toStringTag]() { throw new Error("never asked"); } })()',
    '({ [Symbol.toStringTag]: "Map" })',
    '({ [Symbol.toStringTag]: "Date" })',
    '({ [Symbol.toStringTag]: "Error" })',
    'Object.create(Map.prototype)',
    'Object.create(Date.prototype)',
    'Object.create(Error.prototype)',
    'new Proxy(new Map(), {})',
    'new Proxy(new Date(), {})',
    'new Proxy([], {})',
  ];

  test.each(sources)('%s', (source) => {
    const own: unknown = runInThisContext(source);
    expect(kindsOf(page, own)).toStrictEqual(kindsOf(node, own));
  });

  test.each(sources.filter((source) => !/Promise|WeakRef|function\*/.test(source)))('%s of another realm', (source) => {
    const other: unknown = runInNewContext(source);
    expect(kindsOf(page, other)).toStrictEqual(kindsOf(node, other));
  });
});

describe('a page takes an object for built in', () => {
  class Own {
    readonly x = 1;
  }

  test.each([
    ['of a class of the page', new Intl.NumberFormat()],
    ['of a class of another realm', runInNewContext('new Intl.NumberFormat()')],
    ['of a class that extends such a one', new (class extends Intl.NumberFormat {})()],
    ['a Proxy of bytes', new Proxy(new Uint8Array(1), {})],
    ['a Proxy of a boxed string', new Proxy(Object('text'), {})],
  ])('%s', (_name, value) => {
    expect(page.isBuiltIn(value)).toBe(true);
  });

  test.each([
    ['a plain object', {}],
    ['one without a prototype', Object.create(null)],
    ['one of another realm', runInNewContext('({})')],
    ['an instance of its own class', new Own()],
    ['a Proxy of one', new Proxy(new Own(), {})],
    ['the arguments of a call', runInNewContext('(function () { return arguments; })()')],
  ])('but not %s', (_name, value) => {
    expect(page.isBuiltIn(value)).toBe(false);
  });
});

test.each([
  [{ a: 1 }, '{"a":1}'],
  ['text', '"text"'],
  [5n, '5n'],
  [undefined, 'undefined'],
  [null, 'null'],
  [{ toJSON: () => undefined }, '[object Object]'],
  [new Map([[1, 2]]), '[object Map]'],
  [new RangeError('out'), 'RangeError: out'],
  [Symbol('s'), 'Symbol(s)'],
])('a page describes %o', (value, text) => {
  expect(page.inspect(value)).toBe(text);
});
