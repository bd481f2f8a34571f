import { describe, expect, test } from 'vitest';
import { maxTableRows, rowHeight } from '../../../src/renderer/src/table/row-limit.ts';
import { rowAfterKey } from '../../../src/renderer/src/table/row-navigation.ts';

const place = { selected: 10, rowCount: 100, pageRows: 20 };

describe('rowAfterKey', () => {
  test.each([
    ['ArrowDown', 11],
    ['ArrowUp', 9],
    ['PageDown', 30],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
    ['a', undefined],
    ['Tab', undefined],
  ])('%s moves to %s', (key, row) => expect(rowAfterKey(key, place)).toBe(row));

  test('the first key press without a selection selects the first row', () => {
    expect(rowAfterKey('ArrowDown', { ...place, selected: null })).toBe(0);
    expect(rowAfterKey('ArrowUp', { ...place, selected: null })).toBe(0);
  });
  test('stops at both ends', () => {
    expect(rowAfterKey('ArrowUp', { ...place, selected: 0 })).toBe(0);
    expect(rowAfterKey('PageDown', { ...place, selected: 95 })).toBe(99);
  });
  test('a page is at least one row', () => expect(rowAfterKey('PageDown', { ...place, pageRows: -1 })).toBe(11));
  test('goes nowhere in an empty table', () => {
    expect(rowAfterKey('End', { ...place, selected: null, rowCount: 0 })).toBeUndefined();
  });
});

test('the longest table stays below the height that browsers can lay out', () => {
  expect(maxTableRows * rowHeight).toBeLessThan(33_000_000);
});
