import { expect, test } from 'vitest';
import { preview } from '../../src/inspection/preview.ts';

test('values of every kind are shown', () => {
  const value = {
    text: 'a "b"',
    number: -0.5,
    big: 10n,
    none: undefined,
    list: [1, [], {}],
    date: new Date(0),
    map: new Map([['k', 1]]),
    set: new Set([true]),
    bytes: new Uint8Array([1, 255]),
    error: Object.assign(new TypeError('no'), { code: 'E' }),
  };
  expect(preview(value, 10_000).text).toMatchInlineSnapshot(`
    "{
      "text": "a \\"b\\"",
      "number": -0.5,
      "big": 10n,
      "none": undefined,
      "list": [
        1,
        [],
        {}
      ],
      "date": 1970-01-01T00:00:00.000Z,
      "map": Map {
        "k": 1
      },
      "set": Set [
        true
      ],
      "bytes": Uint8Array of 2 bytes <01 ff>,
      "error": {
        "name": "TypeError",
        "message": "no",
        "code": "E"
      }
    }"
  `);
  expect(preview(value, 10_000).isCut).toBe(false);
});

test('a long text is cut, with the size of the whole', () => {
  const { text, bytes, isCut } = preview('x'.repeat(1_000_000), 100);
  expect({ length: text.length, bytes, isCut }).toEqual({ length: 101, bytes: 1_000_000, isCut: true });
});

test('what comes after the cut is not looked at', () => {
  let looked = 0;
  const items = Array.from({ length: 10_000 }, () => ({
    get item() {
      looked++;
      return 'something';
    },
  }));
  expect(preview(new Set(items), 200).isCut).toBe(true);
  // Once more, its size is estimated.
  expect(looked).toBeLessThan(10_020);
});

test('a value that leads to itself, is too deep or throws is shown as far as it goes', () => {
  const own: Record<string, unknown> = { a: 1 };
  own['own'] = own;
  expect(preview(own, 1_000).text).toContain('[circular]');
  let deep: unknown = 1;
  for (let level = 0; level < 100; level++) deep = [deep];
  expect(preview(deep, 10_000)).toMatchObject({ isCut: true });
  const thrower = {
    get a() {
      throw new Error('no');
    },
  };
  expect(preview(thrower, 100).text).toBe("It can't be shown: Error: no");
});

test('the same value twice is no circle', () => {
  const part = { x: 1 };
  expect(preview([part, part], 1_000).text).not.toContain('circular');
});
