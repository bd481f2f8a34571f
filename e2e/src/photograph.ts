import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { expect, type Page } from '@playwright/test';

/** The pictures of the documents are renewed on purpose only, so that a test run leaves the tree as it was. */
export const isRenewed = process.env['UPDATE_SCREENSHOT'] !== undefined;

/** Takes `NAME-light.png` and `NAME-dark.png` of a page. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = join(PROJECT_FOLDER, isRenewed ? 'docs' : 'test-results');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const bytes = await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
    expect(bytes.length).toBeGreaterThan(10_000);
  }
}
