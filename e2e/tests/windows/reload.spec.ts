import { connectPage } from '../../src/page-sidecars.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

test('a page gets no answer of the page before it, and what that one had started is cancelled', async ({
  windows,
  page,
}) => {
  await inPage(
    page,
    `void demo.wait({ ms: 60_000, tag: 'running' }).catch(() => {});
    addEventListener('pagehide', () => void demo.wait({ ms: 3_000, tag: 'hidden' }).catch(() => {}));
    await demo.pid(null);`,
  );
  await page.goto('my://app/second');
  await connectPage(page);
  expect(await inPage(page, `return demo.wait({ ms: 10, tag: 'new' })`)).toBe('new');
  await expect.poll(() => inPage(page, 'return demo.aborted(null)')).toContain('running');
  await expect.poll(() => windows.rows('demo')).toMatchObject([{ inFlight: 0 }]);
});

test('what a page calls while it leaves is never taken for a call of the page that comes', async ({
  windows,
  openPage,
}) => {
  const page = await openPage('/low');
  await inPage(
    page,
    `const call = () => void demo.wait({ ms: 1, tag: 'judged' }).catch(() => {});
    call();
    addEventListener('pagehide', () => { for (let time = 0; time < 20; time++) call(); });`,
  );
  await page.goto('my://second/high');
  await connectPage(page);
  await inPage(page, `await demo.wait({ ms: 1, tag: 'new' })`);
  const judged = await inMain<string[]>(windows.app, 'return judged');
  expect([...new Set(judged)]).toEqual(['my://app/low']);
});
