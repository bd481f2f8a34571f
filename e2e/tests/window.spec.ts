import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../src/electron-test.ts';
import { makeBigFile, makeTree, sha256sum } from '../src/make-tree.ts';

const GIB = 1_073_741_824;

test('the first window asks for a folder', async ({ page }) => {
  await expect(page).toHaveTitle(/ipc-link/);
  await expect(page.getByTestId('choose-folder').first()).toBeVisible();
  await expect(page.getByTestId('sidecar-state')).toContainText(/ready/i);
});

test('checksums a chosen folder exactly as sha256sum does, and saves the manifest', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  const root = await makeTree(folder);
  await chooseFolder(root);
  await expect(page.getByTestId('folder-path').first()).toContainText('tree');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveCount(8);
  const saved = join(folder, 'saved.sha256');
  await electronApp.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, saved);
  await page.getByTestId('save-manifest').click();
  await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toBe(await sha256sum(root));
});

test('shows progress, and cancels at once', async ({ page, chooseFolder, folder }) => {
  const root = await makeTree(folder);
  await makeBigFile(join(root, 'huge'), 500 * GIB);
  await chooseFolder(root);
  await page.getByTestId('run').click();
  const progress = page.getByTestId('progress');
  await expect(progress).toBeVisible();
  await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
  await expect(progress).toHaveAttribute('aria-valuenow', /^\d/);
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('status')).toContainText(/cancelled/i);
  await expect(page.getByTestId('run')).toBeEnabled();
});

test('a failing reply shows its error', async ({ page, chooseFolder, folder }) => {
  const root = await makeTree(folder);
  await chooseFolder(root);
  await rename(root, `${root}-moved`);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error')).toBeVisible();
  await expect(page.getByTestId('error')).toContainText('tree');
});

test('a sidecar that is killed gives a clear error, and the next task succeeds', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  const root = await makeTree(folder);
  await makeBigFile(join(root, 'huge'), 500 * GIB);
  await chooseFolder(root);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
  const pid = await electronApp.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name?.startsWith('files'))?.pid,
  );
  process.kill(pid ?? Number.NaN, 'SIGKILL');
  await expect(page.getByTestId('error')).toContainText(/sidecar|helper/i);
  await expect(page.getByTestId('sidecar-state')).toContainText(/ready/i);
  await chooseFolder(await makeTree(join(folder, 'second')));
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveCount(8);
});

test('finds text, and says so when a pattern is no regular expression', async ({ page, chooseFolder, folder }) => {
  await chooseFolder(await makeTree(folder));
  await page.getByTestId('tab-search').click();
  await page.getByTestId('pattern').fill('needle');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveCount(5);
  await page.getByTestId('regex').check();
  await page.getByTestId('pattern').fill('needle(');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error')).toBeVisible();
});
