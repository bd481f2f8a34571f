import { expect, test } from '../src/console-app.ts';
import { isRenewed, photograph } from '../src/photograph.ts';

/** Ticks under load before the picture is taken; for the documents enough to fill the charts. */
const ticks = isRenewed ? 240 : 4;

test('the console of a busy host, in light and dark, for its document', async ({ console }) => {
  test.setTimeout(240_000);
  const { page, app } = console;
  await page.setViewportSize({ width: 1_180, height: 760 });
  await app.evaluate(() => void Reflect.get(globalThis, 'load')());
  for (let tick = 0; tick < ticks; tick++) await console.nextTick();
  await page.keyboard.press('p');
  await photograph(page, 'console');
});

test('its playground, in light and dark', async ({ console }) => {
  await console.close();
  await console.open({ playground: true });
  const { page } = console;
  await page.setViewportSize({ width: 1_180, height: 760 });
  await page.getByRole('tab', { name: 'Playground' }).click();
  await page.getByLabel('Operation').selectOption({ label: 'order' });
  await page.getByLabel('street').fill('Main Street 1');
  await page.getByLabel('name').fill('Ada');
  await page.getByLabel('cups').fill('2');
  await page.getByLabel('notes').fill('hot\nno lid');
  await page.getByTestId('play-calls').fill(isRenewed ? '20000' : '500');
  await page.getByTestId('play-in-flight').fill('16');
  await page.getByTestId('play-send').click();
  await expect(page.getByTestId('play-status')).toHaveText(/^Done/, { timeout: 30_000 });
  await photograph(page, 'playground');
});
