import { encode } from '@msgpack/msgpack';
import { describe, expect, test } from 'vitest';
import { writeTrailer } from '../../src/envelope/attachments.ts';
import { Flag } from '../../src/envelope/frame.ts';
import { codecNames, decodeBody } from '../support/bodies.ts';

const refusal = expect.objectContaining({ name: 'LinkError', code: 'ERR_LINK_PROTOCOL' });

describe('a graph from outside', () => {
  const graphs: readonly (readonly [name: string, nodes: unknown])[] = [
    ['no list', { 0: 'v' }],
    ['no node', []],
    ['a node that is no list', ['v']],
    ['a node without a kind', [[]]],
    ['a node of an unknown kind', [['z', 1]]],
    ['a kind from the prototype', [['__proto__']]],
    ['a reference to nothing', [['a', [1]]]],
    ['a reference to a negative number', [['a', [-99]]]],
    ['a reference to text', [['a', ['0']]]],
    ['a slot that is an object', [['a', { a: 1 }]]],
    ['a key without a value', [['o', 'key']]],
    ['a key that is a number', [['o', 1, 2]]],
    ['a key that is an object', [['o', [1], 2], ['o']]],
    ['a map with half a pair', [['m', 1]]],
    ['a date that is an object', [['d', [1]], ['o']]],
    ['a regular expression that does not parse', [['r', '(', 'g']]],
    ['a regular expression with unknown flags', [['r', 'a', 'gg']]],
    ['a bigint of letters', [['n', 'xyz']]],
    ['a bigint that is code', [['n', '1); process.exit(']]],
    ['a bigint that is a number', [['n', 5]]],
    ['text in an attachment that is not there', [['u', 0]]],
    ['bytes in an attachment that is not there', [['b', 'Buffer', 7]]],
    ['a sparse array without a length', [['A']]],
    ['a sparse array of a negative length', [['A', -1]]],
    ['a sparse array with an index past its end', [['A', 2, 2, 'x']]],
    ['a sparse array with an index that is text', [['A', 2, 'length', 9]]],
    ['a box around an object', [['p', [1]], ['o']]],
    ['a box around itself', [['p', [0]]]],
  ];

  test.each(graphs)('that is %s is refused', (_name, nodes) => {
    expect(() => decodeBody('json', Buffer.from(JSON.stringify(nodes)), Flag.graph)).toThrow(refusal);
    expect(() => decodeBody('msgpack', encode(nodes), Flag.graph)).toThrow(refusal);
  });

  test("can't make an array take room for what is not in it", () => {
    const before = process.memoryUsage().heapUsed;
    const nodes = Array.from({ length: 100 }, () => ['A', 30_000_000]);
    decodeBody('json', Buffer.from(JSON.stringify(nodes)), Flag.graph);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1_048_576);
  });

  test('gives an error a name, but no class of its choice', () => {
    const nodes = [['e', 'Function', 'message', 'hello', 'name', 'Function']];
    const arrived = decodeBody('json', Buffer.from(JSON.stringify(nodes)), Flag.graph);
    expect(Object.getPrototypeOf(arrived)).toBe(Error.prototype);
    expect(arrived).toMatchObject({ name: 'Function', message: 'hello' });
  });

  test('sets no prototype', () => {
    const nodes = [
      ['o', '__proto__', [1]],
      ['o', 'polluted', true],
    ];
    const arrived = decodeBody('json', Buffer.from(JSON.stringify(nodes)), Flag.graph);
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('bytes of an unknown type or size', () => {
  const tail = (count: number): Buffer => Buffer.concat([Buffer.alloc(count), writeTrailer([Buffer.alloc(count)])]);

  test.each([
    ['an unknown class', 'Function', 4],
    ['a class from the prototype', 'constructor', 4],
    ['a length that the type does not allow', 'Float64Array', 5],
  ])('are refused: %s', (_name, type, length) => {
    const body = Buffer.concat([Buffer.from(JSON.stringify([['b', type, 0]])), tail(length)]);
    expect(() => decodeBody('json', body, Flag.graph | Flag.attachments)).toThrow(refusal);
  });
});

describe('a trailer', () => {
  const attachments = Flag.graph | Flag.attachments;
  const count = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };

  test.each([
    ['that is missing', Buffer.alloc(0)],
    ['that is cut off', Buffer.alloc(3)],
    ['that counts more than there is', count(1)],
    ['that counts a great deal more', count(0xffff_ffff)],
    ['whose lengths are longer than the body', Buffer.concat([count(1_000), count(1)])],
    ['whose lengths add up to more than the body', Buffer.concat([count(0xffff_ffff), count(0xffff_ffff), count(2)])],
  ])('%s is refused', (_name, bytes) => {
    expect(() => decodeBody('msgpack', bytes, attachments)).toThrow(refusal);
    expect(() => decodeBody('json', bytes, attachments)).toThrow(refusal);
  });
});

describe('MessagePack from outside', () => {
  test.each([
    ['nothing', []],
    ['the byte that is never used', [0xc1]],
    ['text that is cut off', [0xd9, 10, 0x61]],
    ['an array of 2^32 - 1 that is not there', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a map of 2^32 - 1 that is not there', [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ['bytes that are not there', [0xc6, 0xff, 0xff, 0xff, 0xff]],
    ['an unknown extension', [0xd4, 0x55, 0]],
    ['an extension that the library knows and the protocol does not', [0xd4, 0x73, 0, 0x90]],
    ['a structured-clone reference', [0xd6, 0x70, 0, 0, 0, 1]],
    ['something after the value', [0x01, 0x02]],
  ])('is refused: %s', (_name, bytes) => {
    expect(() => decodeBody('msgpack', Buffer.from(bytes))).toThrow(refusal);
  });

  test('nested deeper than the stack is refused', () => {
    expect(() => decodeBody('msgpack', Buffer.alloc(1_000_000, 0x91))).toThrow(refusal);
  });

  test('takes no room for arrays that are not there, however deep', () => {
    const before = process.memoryUsage().heapUsed;
    const header = Buffer.from([0xdc, 0xff, 0xff]);
    expect(() => decodeBody('msgpack', Buffer.concat(Array.from({ length: 20_000 }, () => header)))).toThrow(refusal);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1_048_576);
  });

  test('leaves nothing behind for the next message', () => {
    // A record definition: from now on 0x40 would stand for a record, were it remembered.
    expect(() => decodeBody('msgpack', Buffer.from([0xd4, 0x72, 0x40, 0x91, 0xa1, 0x61, 0x05]))).toThrow(refusal);
    expect(decodeBody('msgpack', Buffer.from([0x91, 0x40]))).toStrictEqual([64]);
  });
});

describe('JSON from outside', () => {
  test.each(['', '{', 'undefined', '{"a":1}x', '\u0000', "{'a':1}", 'NaN'])('is refused: %j', (text) => {
    expect(() => decodeBody('json', Buffer.from(text))).toThrow(refusal);
  });
});

test.each(codecNames)('%s: what is refused says what is wrong and what to look for', (codec) => {
  const sentence = /^The peer broke the protocol: .+\. Is it an ipc-link of this version\?$/;
  expect(() => decodeBody(codec, Buffer.from([0xc1]))).toThrow(sentence);
});
