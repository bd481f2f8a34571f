import type { Page } from '@playwright/test';
import { connectPage } from '../../src/page-sidecars.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';
import type { WindowsApp } from '../../src/windows-app.ts';

interface Way {
  /** Done before the page connects. */
  readonly arrive?: (page: Page) => Promise<unknown>;
  readonly go: (page: Page, windows: WindowsApp) => Promise<unknown>;
  /** Whether there is another page then that may call. */
  readonly next?: boolean;
}

/** Ways in which a page comes to its end. */
const ways: Readonly<Record<string, Way>> = {
  'a reload': { go: (page) => page.reload(), next: true },
  'another page of the app': { go: (page) => page.goto('my://app/second'), next: true },
  'the page before it': { go: (page) => page.goBack(), next: true },
  'the page after it': { arrive: (page) => page.goBack(), go: (page) => page.goForward(), next: true },
  "a stranger's page": { go: (page) => page.goto('my://stranger/') },
  'a page that can not be loaded': { go: (page) => page.goto('my://app/broken').catch(() => {}) },
  'its window closing': { go: (page) => page.close() },
  'its renderer crashing': {
    go: (_page, { app }) => inMain(app, 'newestContents().forcefullyCrashRenderer()'),
  },
};

let servers: number;

test.beforeAll(async ({ windows }) => {
  servers = await inMain(windows.app, 'return countServers()');
});

test.afterAll('nothing is left in the main process', async ({ windows }) => {
  await expect.poll(() => inMain(windows.app, 'return countServers()')).toBeLessThanOrEqual(servers);
});

for (const [name, { arrive, go, next = false }] of Object.entries(ways)) {
  test(`what a page has started ends with it: ${name}`, async ({ windows, openPage }) => {
    const { app } = windows;
    const page = await openPage('/', { isConnected: false });
    await page.goto('my://app/first');
    await arrive?.(page);
    await connectPage(page);
    await inPage(
      page,
      `await demo.aborted(null);
      for (const client of [demo, straight]) {
        void client.wait({ ms: 60_000, tag: 'gone' }).catch(() => {});
        const items = client.ticks(1e9);
        await items.next();
      }`,
    );
    await go(page, windows);
    await expect.poll(() => inPage(windows.page, 'return demo.aborted(null)')).toEqual(['gone']);
    await expect.poll(() => inMain(app, 'return countInFlight()')).toBe(0);
    if (!next) return;
    await connectPage(page);
    const answer = `return [await demo.wait({ ms: 1, tag: 'new' }), await straight.wait({ ms: 1, tag: 'new' })]`;
    expect(await inPage(page, answer)).toEqual(['new', 'new']);
  });
}
