import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { Flag, hasCorrelation, HEADER_BYTES, isKind, Kind, smallFrame, writeHeader } from '../../src/envelope/frame.ts';
import { hexOf, readFrames, toBytes } from '../support/bodies.ts';

describe('a frame', () => {
  test('with a correlation number is length, kind, flags, number and body', () => {
    const head = Buffer.concat([Buffer.alloc(HEADER_BYTES), Buffer.from('body')]);
    const frame = writeHeader(head, { kind: Kind.reply, flags: Flag.failed, correlation: 0x01020304, bodyBytes: 4 });
    expect(hexOf(frame)).toBe(`0000000a${'04'}${'04'}01020304${Buffer.from('body').toString('hex')}`);
  });

  test('without one is length, kind, flags and body', () => {
    const head = Buffer.concat([Buffer.alloc(HEADER_BYTES), Buffer.from('{}')]);
    const frame = writeHeader(head, { kind: Kind.goodbye, flags: 0, correlation: 0, bodyBytes: 2 });
    expect(hexOf(frame)).toBe('000000040c007b7d');
  });

  test('counts what follows the head in its length', () => {
    const bytes = toBytes(codecs.msgpack.encode(Buffer.alloc(5_000, 7)));
    expect(bytes.readUInt32BE(0)).toBe(bytes.length - 4);
  });

  test('may be a few raw bytes, or none', () => {
    expect(hexOf(smallFrame(Kind.ping, 7))).toBe('000000060a0000000007');
    expect(hexOf(smallFrame(Kind.credit, 7, Buffer.from([1, 2])))).toBe('00000008070000000007' + '0102');
  });

  test.each(Object.entries(Kind))('of kind %s is read as what was written', (_name, kind) => {
    const correlation = hasCorrelation(kind) ? 0xffff_ffff : 0;
    const [frame] = readFrames(toBytes(codecs.json.encode('x'), kind, correlation));
    expect(frame).toMatchObject({ kind, flags: 0, correlation });
    expect(codecs.json.decode(frame ?? never())).toBe('x');
  });
});

test('the kinds are the numbers 1 to 12, of all that a byte can hold', () => {
  const kinds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  expect(Object.values(Kind)).toStrictEqual(kinds);
  expect(Array.from({ length: 256 }, (_, byte) => byte).filter(isKind)).toStrictEqual(kinds);
});

function never(): never {
  throw new Error('no frame');
}
