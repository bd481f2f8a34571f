import { join } from 'node:path';
import { APP_MAIN } from '#launch';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../src/electron-test.ts';
import { makeBigFile, makeTree } from '../src/make-tree.ts';
import { launchApp } from '../src/other-app.ts';

test('the window comes back where it was, and opens at its first field', async ({ folder }) => {
  const start = (): Promise<ElectronApplication> => launchApp(APP_MAIN, join(folder, '.user-data'));
  const wanted = { x: 60, y: 50, width: 860, height: 560 };
  const first = await start();
  const page = await first.firstWindow();
  await expectFocus(page, 'choose-folder');
  await first.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), wanted);
  await expect.poll(() => boundsOf(first)).toEqual(wanted);
  await first.close();
  const second = await start();
  await second.firstWindow();
  expect(await boundsOf(second)).toEqual(wanted);
  await second.close();
});

test('the menu and the keys lead to each view, whose first field then has the keyboard', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  await expectFocus(page, 'choose-folder');
  await chooseFolder(await makeTree(folder));
  await expectFocus(page, 'algorithm');
  await choose(electronApp, 'show-verify');
  await expectFocus(page, 'choose-manifest');
  await page.keyboard.press('Control+3');
  await expectFocus(page, 'pattern');
  await page.getByTestId('tab-checksum').click();
  await expectFocus(page, 'algorithm');
  await choose(electronApp, 'find');
  await expectFocus(page, 'pattern');
  // Arrows move among the tabs, and so the keyboard stays there.
  await page.getByTestId('tab-search').focus();
  await page.keyboard.press('ArrowLeft');
  await expectFocus(page, 'tab-verify');
  await choose(electronApp, 'show-checksum');
  await choose(electronApp, 'run');
  await expect(page.getByTestId('result-row')).toHaveCount(8);
});

test('a window that gets no connection says so, and can be loaded again', async ({ electronApp, page }) => {
  await expectFocus(page, 'choose-folder');
  await electronApp.evaluate(({ ipcMain }) => {
    const [connect] = ipcMain.listeners('ipc-link:connect');
    ipcMain.removeAllListeners('ipc-link:connect');
    Object.assign(globalThis, {
      heal: () => ipcMain.on('ipc-link:connect', (...args) => Reflect.apply(Object(connect), ipcMain, args)),
    });
  });
  await page.reload();
  await expect(page.getByText('Connecting to the app…')).toBeVisible();
  await expect(page.getByTestId('error')).toContainText('The window has a problem', { timeout: 30_000 });
  await electronApp.evaluate(() => void Reflect.get(globalThis, 'heal')());
  await page.getByRole('button', { name: 'Reload the window' }).click();
  await expectFocus(page, 'choose-folder');
});

test('the task bar shows the progress, and a long task that ends unseen notifies', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  const root = await makeTree(folder);
  await makeBigFile(join(root, 'huge'));
  await electronApp.evaluate(({ BrowserWindow, Notification }) => {
    const seen = { progress: Array<number>(), notifications: Array<Electron.Notification>() };
    Object.assign(globalThis, { seen });
    BrowserWindow.prototype.setProgressBar = (value) => void seen.progress.push(value);
    Notification.prototype.show = function show(this: Electron.Notification) {
      seen.notifications.push(this);
    };
  });
  await chooseFolder(root);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
  await killSidecar(electronApp, page);
  // A task of a moment, which ends while the window is seen.
  expect(await reported(electronApp)).toEqual({ last: -1, isAnyKnown: true, notifications: [] });
  await expect(page.getByTestId('sidecar-state')).toContainText(/ready/i);
  await page.getByTestId('run-again').click();
  await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
  await electronApp.evaluate(({ BrowserWindow }) => {
    const later = performance.now() + 60_000;
    performance.now = () => later;
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  await killSidecar(electronApp, page);
  expect(await reported(electronApp)).toMatchObject({ last: -1, notifications: ['The checksum failed.'] });
  await electronApp.evaluate(() => Reflect.get(globalThis, 'seen').notifications[0].emit('click'));
  expect(await electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

/** The field that has the keyboard in its page. Which window has it is decided by other programs too. */
async function expectFocus(page: Page, testId: string): Promise<void> {
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  await expect.poll(focused, { timeout: 20_000 }).toBe(testId);
}

function boundsOf(app: ElectronApplication): Promise<unknown> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
}

function choose(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => void Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
}

async function killSidecar(app: ElectronApplication, page: Page): Promise<void> {
  const pid = await app.evaluate(
    ({ app: own }) => own.getAppMetrics().find(({ name }) => name?.startsWith('files'))?.pid,
  );
  process.kill(pid ?? Number.NaN, 'SIGKILL');
  await expect(page.getByTestId('error')).toBeAttached();
  await expect.poll(async () => (await reported(app)).last).toBe(-1);
}

interface Reported {
  readonly last: number | undefined;
  readonly isAnyKnown: boolean;
  readonly notifications: readonly string[];
}

function reported(app: ElectronApplication): Promise<Reported> {
  return app.evaluate(() => {
    const seen: { progress: number[]; notifications: { body: string }[] } = Reflect.get(globalThis, 'seen');
    const { progress, notifications } = seen;
    const isAnyKnown = progress.some((value) => value >= 0 && value <= 1);
    return { last: progress.at(-1), isAnyKnown, notifications: notifications.map(({ body }) => body) };
  });
}
