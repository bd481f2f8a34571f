import type { Page } from '@playwright/test';
import { connectPage } from '../../src/page-sidecars.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';
import type { WindowsApp } from '../../src/windows-app.ts';

interface Way {
  readonly go: (page: Page, windows: WindowsApp) => Promise<unknown>;
  /** Whether there is another page then that may call. */
  readonly next?: boolean;
}

/** Ways in which a page comes to its end. */
const ways: Readonly<Record<string, Way>> = {
  'a reload': { go: (page) => page.reload(), next: true },
  'another page of the app': { go: (page) => page.goto('my://app/second'), next: true },
  'the page before it': {
    async go(page) {
      await page.goBack();
    },
    next: true,
  },
  "a stranger's page": { go: (page) => page.goto('my://stranger/') },
  'a page that can not be loaded': { go: (page) => page.goto('my://app/broken').catch(() => {}) },
  'its window closing': { go: (page) => page.close() },
  'its renderer crashing': {
    go: (_page, { app }) => inMain(app, 'newestContents().forcefullyCrashRenderer()'),
  },
};

for (const [name, { go, next = false }] of Object.entries(ways)) {
  test(`what a page has started ends with it: ${name}`, async ({ windows, openPage }) => {
    const { app } = windows;
    const page = await openPage('/', { isConnected: false });
    await page.goto('my://app/first');
    const before = await inMain(app, 'return countServers()');
    await connectPage(page);
    await inPage(
      page,
      `void demo.wait({ ms: 60_000, tag: 'gone' }).catch(() => {});
      const items = demo.ticks(1e9);
      await items.next();`,
    );
    expect(await inMain(app, 'return countServers()')).toBe(Number(before) + 1);
    await go(page, windows);
    await expect.poll(() => inPage(windows.page, 'return demo.aborted(null)')).toEqual(['gone']);
    await expect.poll(() => inMain(app, 'return countInFlight()')).toBe(0);
    await expect.poll(() => inMain(app, 'return countServers()')).toBe(before);
    if (!next) return;
    await connectPage(page);
    expect(await inPage(page, `return demo.wait({ ms: 1, tag: 'new' })`)).toBe('new');
  });
}
