import { describe, expect, test } from 'vitest';
import { Attachments, writeTrailer } from '../../src/envelope/attachments.ts';

const value = Buffer.from('value');
const large = Buffer.alloc(1_000, 1);
const small = Buffer.alloc(10, 2);

/** A body with attachments, and other bytes around it. Its memory is its own. */
function join(...attachments: readonly Buffer[]): Buffer {
  const body = Buffer.concat([value, ...attachments, writeTrailer(attachments)]);
  return Buffer.from(new Uint8Array(Buffer.concat([Buffer.from('before'), body, Buffer.from('after')])).buffer);
}

function read(bytes: Buffer): Attachments {
  return new Attachments(bytes, 'before'.length, bytes.length - 'after'.length);
}

describe('attachments', () => {
  test('are found behind the value, wherever the body lies', () => {
    const bytes = join(large, small, Buffer.alloc(0));
    const attachments = read(bytes);
    expect(bytes.subarray('before'.length, attachments.valueEnd)).toStrictEqual(value);
    expect(attachments.take(0)).toStrictEqual(large);
    expect(attachments.take(1)).toStrictEqual(small);
    expect(attachments.take(2)).toStrictEqual(Buffer.alloc(0));
    for (const index of [-1, 3, 0.5, '0', undefined]) expect(() => attachments.take(index)).toThrow('not there');
  });

  test('can be taken once, since each time would be a copy', () => {
    const attachments = read(join(large));
    attachments.take(0);
    expect(() => attachments.take(0)).toThrow('not any more');
  });

  test('may be none', () => {
    expect(() => read(join()).take(0)).toThrow('not there');
  });

  test('are not copied where they are most of what arrived', () => {
    const bytes = join(large);
    expect(read(bytes).take(0).buffer).toBe(bytes.buffer);
  });

  test('are copied where keeping them would keep much else', () => {
    const bytes = join(large, small);
    expect(read(bytes).take(1).buffer).not.toBe(bytes.buffer);
    expect(read(bytes).take(1).buffer.byteLength).toBe(small.length);
  });
});
