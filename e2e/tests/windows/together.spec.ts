import { expect, inPage, test } from '../../src/window-pages.ts';

test('two windows get their own answers, and one that closes leaves the other alone', async ({ windows, openPage }) => {
  const [one, two] = [await openPage('/one'), await openPage('/two')];
  const ask = (tag: string): string => `
    const ask = (index) => demo.wait({ ms: index % 7, tag: '${tag}' + index });
    return (await Promise.all(Array.from({ length: 100 }, (_, index) => ask(index)))).filter((tag, index) => tag !== '${tag}' + index);
  `;
  expect(await Promise.all([inPage(one, ask('one ')), inPage(two, ask('two '))])).toEqual([[], []]);
  await inPage(one, `void demo.wait({ ms: 60_000, tag: 'closed' }).catch(() => {}); await demo.pid(null);`);
  await inPage(two, 'globalThis.items = demo.ticks(1e9); await items.next(); await demo.aborted(null);');
  await one.close();
  await expect.poll(() => inPage(windows.page, 'return demo.aborted(null)')).toEqual(['closed']);
  expect(await two.evaluate('items.next()')).toEqual({ value: 1, done: false });
});
