import type { Frame, Page } from '@playwright/test';
import { connectPage } from '../../src/page-sidecars.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';
import type { WindowsApp } from '../../src/windows-app.ts';

/** Resolves with how connecting ends for a document. */
async function connect(document: Page | Frame): Promise<unknown> {
  await connectPage(document);
  return document.evaluate(`sidecars.then(() => 'connected', ({ code }) => code)`);
}

/** Runs code in the main process that shows one more page. @returns That page. */
async function show({ app }: WindowsApp, code: string): Promise<Page> {
  const shown = app.waitForEvent('window');
  await inMain(app, code);
  return shown;
}

for (const [name, url] of [
  ['of the app', 'my://app/inner'],
  ['of a stranger', 'my://stranger/inner'],
]) {
  test(`a page in a frame gets no port, and its parent's calls go on: ${name}`, async ({ windows, openPage }) => {
    const page = await openPage(`/?frame=${url}`);
    const frame = page.frames().find((each) => each.url() === url);
    if (frame === undefined) throw new Error('The page has no frame.');
    await inPage(
      page,
      `globalThis.items = demo.ticks(1e9);
      await items.next();
      globalThis.heard = new Promise((resolve) => addEventListener('message', ({ data }) => data.id === 'frame' && resolve()));`,
    );
    const asked = await inMain(windows.app, 'return countAsked()');
    expect(await connect(frame)).toBe('ERR_LINK_NO_PRELOAD');
    // What the frame says to its parent is no request of the parent's: the next one to arrive is that of its own script.
    await frame.evaluate(`parent.postMessage({ type: 'ipc-link:connect', id: 'frame', name: 'app' }, '*')`);
    await page.evaluate('heard');
    await connectPage(page);
    await page.evaluate('sidecars.then(() => {})');
    expect(await inMain(windows.app, 'return countAsked()')).toBe(Number(asked) + 1);
    await frame.evaluate(`location.href = 'about:blank', 0`);
    await frame.waitForURL('about:blank');
    expect(await page.evaluate('items.next()')).toEqual({ value: 1, done: false });
  });
}

test('a frame with the preload is refused, whatever its URL', async ({ openPage }) => {
  const page = await openPage('/?frame=my://app/inner', { preferences: { nodeIntegrationInSubFrames: true } });
  const frame = page.frames().find((each) => each.url() === 'my://app/inner');
  if (frame === undefined) throw new Error('The page has no frame.');
  expect(await connect(frame)).toBe('ERR_LINK_AUTH');
  expect(await inPage(page, `return demo.wait({ ms: 1, tag: 'parent' })`)).toBe('parent');
});

test('the page of the developer tools gets no port', async ({ windows, page }) => {
  const tools = await show(windows, `newestContents().openDevTools({ mode: 'detach' })`);
  expect(await connect(tools)).toBe('ERR_LINK_NO_PRELOAD');
  expect(await inPage(page, `return demo.wait({ ms: 1, tag: 'still' })`)).toBe('still');
});

test('a page in a WebContentsView is a window, and ends with its contents', async ({ windows, openPage }) => {
  await openPage();
  const page = await show(windows, `await openView('my://app/view')`);
  expect(await connect(page)).toBe('connected');
  await inPage(
    page,
    `await demo.aborted(null); void demo.wait({ ms: 60_000, tag: 'view' }).catch(() => {}); await demo.pid(null);`,
  );
  await page.close();
  await expect.poll(() => inPage(windows.page, 'return demo.aborted(null)')).toEqual(['view']);
});

test('a <webview> gets a port where it has the preload and a trusted URL', async ({ windows, openPage }) => {
  const page = await openPage('/', { preferences: { webviewTag: true } });
  const preload = await inMain<string>(windows.app, 'return preloadUrl');
  const guests = [
    [`my://app/guest`, preload, 'connected'],
    [`my://stranger/guest`, preload, 'ERR_LINK_AUTH'],
    [`my://app/guest`, '', 'ERR_LINK_NO_PRELOAD'],
  ] as const;
  for (const [src, guestPreload, expected] of guests) {
    const shown = windows.app.waitForEvent('window');
    await page.evaluate(
      (attributes) => document.body.replaceChildren(Object.assign(document.createElement('webview'), attributes)),
      { src, ...(guestPreload === '' ? {} : { preload: guestPreload }) },
    );
    expect(await connect(await shown), src).toBe(expected);
  }
  expect(await inPage(page, `return demo.wait({ ms: 1, tag: 'embedder' })`)).toBe('embedder');
});
