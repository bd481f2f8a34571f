import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { Page } from '@playwright/test';
import { expect, test } from '../src/electron-test.ts';

test('the working app in light and dark, for the README, which so has the pictures of the last run', async ({
  page,
  chooseFolder,
  folder,
}) => {
  const root = join(folder, 'holiday');
  for (let day = 1; day <= 12; day++) {
    const album = join(root, `day ${String(day).padStart(2, '0')}`);
    await mkdir(album, { recursive: true });
    for (let shot = 1; shot <= 40; shot++)
      await writeFile(join(album, `photo-${String(shot).padStart(3, '0')}.raw`), Buffer.alloc(3_000 * shot, day));
  }
  await page.setViewportSize({ width: 1_100, height: 720 });
  await chooseFolder(root);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row').first()).toBeVisible();
  await steadyTexts(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const bytes = await page.screenshot({ path: join(PROJECT_FOLDER, 'docs', `screenshot-${colorScheme}.png`) });
    expect(bytes.length).toBeGreaterThan(10_000);
  }
});

/** What differs from run to run is replaced, so that a run leaves the tree as it was unless the window has changed. */
async function steadyTexts(page: Page): Promise<void> {
  const left = await page.evaluate(() => {
    const replacements = [
      [/pid \d+/, 'pid 4711'],
      [/\b[\d.,]+ m?s\b/, '0.4 s'],
      [/[\d.,]+ .B\/s/, '738 MB/s'],
      [/\/.*\/holiday/, '/home/me/holiday'],
    ] as const;
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      for (const [pattern, text] of replacements) {
        const before = walker.currentNode.nodeValue ?? '';
        if (!pattern.test(before)) continue;
        walker.currentNode.nodeValue = before.replace(pattern, text);
        found.add(text);
      }
    return replacements.map(([, text]) => text).filter((text) => !found.has(text));
  });
  expect(left).toEqual([]);
}
