import { join } from 'node:path';
import { type BundledApps, prepareBundledApps } from '../src/bundled-apps.ts';
import { expect, test } from '../src/other-app.ts';

let apps: BundledApps;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  apps = await prepareBundledApps();
});

test.afterAll(() => apps?.remove());

for (const name of ['electron-vite', 'forge-vite', 'forge-webpack', 'esbuild', 'rolldown']) {
  test(`${name}: main and page are answered by the sidecar of the built app`, async ({ openApp }) => {
    const page = await openApp(await apps.build(name));
    await expect(page.locator('output')).toHaveText('4 words in main, 6 in the page');
  });
}

test('commonjs: a main process in CommonJS, without a bundler', async ({ openApp }) => {
  const page = await openApp(join(apps.folder, 'commonjs'));
  await expect(page.locator('output')).toHaveText('4 words in main, 6 in the page');
});

test('native-modules: sharp makes a thumbnail in the sidecar of a packaged app', async ({ openPackaged }) => {
  // Packaging copies a whole Electron.
  test.setTimeout(180_000);
  const page = await openPackaged(await apps.package('native-modules'));
  await expect(page.locator('body')).toHaveText('64 x 48');
});
