import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { expect, test } from '../src/electron-test.ts';

/** The README's picture is renewed on purpose only, so that a test run leaves the tree as it was. */
const target = process.env['UPDATE_SCREENSHOT'] === undefined ? 'test-results/screenshot.png' : 'docs/screenshot.png';

test('the working app, for the README', async ({ page, chooseFolder, folder }) => {
  const root = join(folder, 'holiday');
  for (let day = 1; day <= 12; day++) {
    const album = join(root, `day ${String(day).padStart(2, '0')}`);
    await mkdir(album, { recursive: true });
    for (let shot = 1; shot <= 40; shot++)
      await writeFile(join(album, `photo-${String(shot).padStart(3, '0')}.raw`), Buffer.alloc(30_000 * shot, day));
  }
  await page.setViewportSize({ width: 1_100, height: 720 });
  await chooseFolder(root);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row').first()).toBeVisible();
  const bytes = await page.screenshot({ path: join(PROJECT_FOLDER, target) });
  expect(bytes.length).toBeGreaterThan(10_000);
});
