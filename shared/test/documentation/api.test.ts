import { expect, test } from 'vitest';
import { formatApi, readApi } from '../support/api.ts';

test('every exported symbol has a docstring', () => {
  const symbols = readApi().flatMap((each) => each.symbols.map((symbol) => ({ ...symbol, from: each.specifier })));
  expect(symbols.length).toBeGreaterThan(80);
  expect(symbols.filter(({ doc }) => !/[.!)]$/.test(doc))).toStrictEqual([]);
});

test('docs/API.md has each of them', async () => {
  await expect(formatApi(readApi())).toMatchFileSnapshot('../../../docs/API.md');
});
