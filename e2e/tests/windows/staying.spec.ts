import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

/** Ways to go somewhere that leave the page where it is, and how the main process hears that this is over. */
const attempts = [
  ['a part of the page', `location.href = '#part'`, 'did-navigate-in-page'],
  ['an entry that the page adds to the history', `history.pushState(null, '', '/other')`, 'did-navigate-in-page'],
  ['back to the entry before', 'history.back()', 'did-navigate-in-page'],
  ['what the app prevents', `location.href = 'https://example.invalid/'`, 'did-stop-loading'],
  ['a download', `location.href = '/file'`, 'did-stop-loading'],
  ['an answer without content', `location.href = '/nothing'`, 'did-stop-loading'],
  ['a program for mail', `location.href = 'mailto:somebody@example.invalid'`, 'did-stop-loading'],
] as const;

test('the calls of a page that stays go on, wherever it wanted to go', async ({ windows, page }) => {
  await inPage(
    page,
    `globalThis.controller = new AbortController();
    globalThis.outcome = demo.wait({ ms: 60_000, tag: 'stays' }, { signal: controller.signal }).catch(({ name }) => name);
    globalThis.items = demo.ticks(1e9);
    globalThis.straightItems = straight.ticks(1e9);
    await demo.aborted(null);`,
  );
  for (const [index, [name, go, event]] of attempts.entries()) {
    await test.step(name, async () => {
      // The main process listens before the page goes: what is asked of the two may be heard in any order.
      await inMain(windows.app, `globalThis.over = hear('${event}')`);
      await page.evaluate(`${go}, 0`);
      await inMain(windows.app, 'await over');
      const found = await inPage(
        page,
        'return [await items.next(), await straightItems.next(), await demo.aborted(null)]',
      );
      expect(found, name).toEqual([{ value: index, done: false }, { value: index, done: false }, []]);
    });
  }
  expect(
    await inPage(page, 'await items.return(); await straightItems.return(); controller.abort(); return outcome'),
  ).toBe('AbortError');
  await expect.poll(() => inPage(page, 'return demo.aborted(null)')).toEqual(['stays']);
});
