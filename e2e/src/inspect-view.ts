import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** Where the pictures of the views are kept, for people to look at. */
const folder = join(PROJECT_FOLDER, 'test-results/views');

/** Dark differs from light in nothing but colours, and all rules take a second. */
const rules = {
  light: { resultTypes: ['violations'] },
  dark: { resultTypes: ['violations'], runOnly: ['color-contrast'] },
};

/** Takes a picture of a window as it is, in light and dark. @returns What axe finds in it that is serious or worse. */
export async function inspectView(page: Page, name: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion, so that no colour is caught on its way to another.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
    const { violations } = await page.evaluate(
      (options): Promise<axe.AxeResults> => Reflect.get(globalThis, 'axe').run(options),
      rules[colorScheme],
    );
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        found.push(...nodes.map(({ html }) => `${name}, ${colorScheme}: ${id} at ${html}`));
  }
  return found;
}
