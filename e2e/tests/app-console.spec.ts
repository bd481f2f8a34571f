import { expect, test } from '../src/electron-test.ts';

test('our app opens its console from the menu', async ({ electronApp, page }) => {
  await page.waitForLoadState();
  const opened = electronApp.waitForEvent('window');
  await electronApp.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('console')?.click());
  const shown = await opened;
  await expect(shown.getByTestId('row-files-1')).toContainText('ready');
  // With the window that it belongs to, it goes.
  await Promise.all([
    shown.waitForEvent('close'),
    electronApp.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(({ title }) => title !== 'Console')
        ?.close(),
    ),
  ]);
});
