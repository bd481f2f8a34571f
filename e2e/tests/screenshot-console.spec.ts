import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { expect, test } from '../src/console-app.ts';

/** The pictures of docs/CONSOLE.md are renewed on purpose only, so that a test run leaves the tree as it was. */
const isRenewed = process.env['UPDATE_SCREENSHOT'] !== undefined;
const target = isRenewed ? 'docs' : 'test-results';

/** Ticks under load before the picture is taken; for the documents enough to fill the charts. */
const ticks = isRenewed ? 240 : 4;

test('the console of a busy host, in light and dark, for its document', async ({ console }) => {
  test.setTimeout(240_000);
  const { page, app } = console;
  await page.setViewportSize({ width: 1_180, height: 760 });
  await app.evaluate(() => void Reflect.get(globalThis, 'load')());
  for (let tick = 0; tick < ticks; tick++) await console.nextTick();
  await page.keyboard.press('p');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const bytes = await page.screenshot({ path: join(PROJECT_FOLDER, target, `console-${colorScheme}.png`) });
    expect(bytes.length).toBeGreaterThan(10_000);
  }
});
