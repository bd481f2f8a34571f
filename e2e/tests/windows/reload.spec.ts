import { connectPage } from '../../src/page-sidecars.ts';
import { expect, inPage, test } from '../../src/window-pages.ts';

test('a page gets no answer of the page before it, and what that one had started is cancelled', async ({
  windows,
  page,
}) => {
  await inPage(
    page,
    `void demo.wait({ ms: 60_000, tag: 'running' }).catch(() => {});
    addEventListener('pagehide', () => void demo.wait({ ms: 3_000, tag: 'hidden' }).catch(() => {}));`,
  );
  await page.goto('my://app/second');
  await connectPage(page);
  expect(await inPage(page, `return demo.wait({ ms: 10, tag: 'new' })`)).toBe('new');
  await expect.poll(() => inPage(page, 'return demo.aborted(null)')).toContain('running');
  await expect.poll(() => windows.rows('demo')).toMatchObject([{ inFlight: 0 }]);
});
