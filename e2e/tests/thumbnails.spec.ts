import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { Page } from '@playwright/test';
import { expect, test } from '../src/electron-test.ts';
import { inspectView } from '../src/inspect-view.ts';
import { makeManyPhotos, makePhotos } from '../src/make-images.ts';

/** The pictures of the documents are renewed on purpose only, so that a test run leaves the tree as it was. */
const pictures = process.env['UPDATE_SCREENSHOT'] === undefined ? 'test-results' : 'docs';

test('a grid of thumbnails: scrolled, by keyboard, enlarged, refused, cancelled', async ({
  page,
  chooseFolder,
  folder,
}) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1_100, height: 720 });
  const liveUrls = await countObjectUrls(page);
  await chooseFolder(await makePhotos(folder, 41));
  await page.getByTestId('tab-thumbnails').click();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('status')).toContainText(/^Done: 42 thumbnails, 2 refused/, { timeout: 150_000 });

  const grid = page.getByRole('grid', { name: 'Thumbnails' });
  const cells = page.getByTestId('thumbnail');
  const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
  const pictured = grid.locator('img');
  const isDrawn = (name: string) =>
    cell(name)
      .locator('img')
      .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0);
  await expect(grid).toHaveAttribute('aria-rowcount', '6');
  await expect(grid).toHaveAttribute('aria-colcount', '7');
  await expect.poll(() => isDrawn('inside/zebra.jpg, 480 × 320 pixels')).toBe(true);
  expect(await cells.count()).toBeLessThan(42);

  await cells.nth(2).click();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  await expect(cell('photo 0008.jpg, 480 × 320 pixels')).toBeFocused();
  await page.keyboard.press('End');
  const last = cell('photo 0040.jpg, 480 × 320 pixels');
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await expect.poll(() => isDrawn('photo 0040.jpg, 480 × 320 pixels')).toBe(true);
  await expect(cell('inside/zebra.jpg, 480 × 320 pixels')).toHaveCount(0);

  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'photo 0040.jpg' });
  await expect(dialog.getByRole('img', { name: 'photo 0040.jpg' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('dialog', { name: 'photo 0039.jpg' }).getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('thumbnail-dialog')).toHaveCount(0);
  await expect(cell('photo 0039.jpg, 600 × 250 pixels')).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Home');
  await expect(cell('inside/zebra.jpg, 480 × 320 pixels')).toBeFocused();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = join(PROJECT_FOLDER, pictures, `thumbnails-${colorScheme}.png`);
    expect((await page.screenshot({ path })).length).toBeGreaterThan(10_000);
  }
  expect(await inspectView(page, 'thumbnails')).toEqual([]);
  await expect.poll(async () => (await liveUrls()) - (await pictured.count())).toBe(0);

  await page.getByTestId('show-refusals').click();
  await expect(page.getByTestId('failure-row')).toHaveCount(2);
  await expect(page.getByTestId('failure-row').first()).toContainText('broken.jpg');
  await expect(page.getByTestId('failure-row').first()).toContainText('it is damaged or incomplete');
  await expect(page.getByTestId('failure-row').last()).toContainText('EKIND');
  expect(await liveUrls()).toBe(0);

  await chooseFolder(await makeManyPhotos(folder));
  await page.setViewportSize({ width: 720, height: 480 });
  await page.getByTestId('run').click();
  await expect(cells.first()).toBeVisible({ timeout: 30_000 });
  await expect(grid).toHaveAttribute('aria-colcount', '4');
  await expect(page.getByTestId('progress')).toHaveAttribute('aria-valuetext', /of 2,000 images$/);
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('status')).toContainText(/^Cancelled: \d+ thumbnails? until then/);
  await expect(page.getByTestId('run')).toBeEnabled();
});

/** Counts from now on how many addresses of blobs the page has made and not given up. */
async function countObjectUrls(page: Page): Promise<() => Promise<number>> {
  const urls = await page.evaluateHandle(() => {
    const live = new Set<string>();
    const create = URL.createObjectURL.bind(URL);
    const revoke = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      const url = create(blob);
      live.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      live.delete(url);
      revoke(url);
    };
    return live;
  });
  return () => urls.evaluate((live) => live.size);
}
