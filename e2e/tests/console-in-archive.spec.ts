import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { packApp } from '../src/app-archive.ts';
import { expect, test } from '../src/other-app.ts';

test('the console opens from inside app.asar, and reads none of its page as a file://', async ({ openApp, folder }) => {
  const archive = await packApp(join(PROJECT_FOLDER, 'e2e/fixtures/console'), { into: folder });
  // What is not in the archive is not found.
  await rm(join(folder, 'app'), { recursive: true });
  const page = await openApp(archive);
  await expect(page.getByTestId('row-images-2')).toContainText('ready');
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect([page.url(), ...loaded].map((url) => new URL(url).origin)).toEqual(
    Array.from({ length: 3 }, () => 'https://console.ipc-link.invalid'),
  );
});
