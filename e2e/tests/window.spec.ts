import { readFile, rename, writeFile } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, sharedTest as test } from '../src/electron-test.ts';
import { makeBigFile, makeTree, sha256sum } from '../src/make-tree.ts';

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
  await makeBigFile(join(root, 'huge'));
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
  await makeBigFile(join(root, 'huge'));
  await chooseFolder(root);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
  const pid = await electronApp.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name?.startsWith('files'))?.pid,
  );
  // The window comes first.
  expect(getPriority(pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
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
  await expect(page.getByTestId('result-row')).toHaveCount(2);
  await expect(page.getByTestId('heading-row')).toHaveCount(2);
  await page.getByTestId('hidden').check();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveCount(4);
  await expect(page.locator('mark')).toHaveCount(5);
  await page.getByTestId('regex').check();
  await page.getByTestId('pattern').fill('needle(');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error')).toBeVisible();
});

test('shows the lines around hits, copies them, and opens the editor at their place', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  const root = await makeTree(folder);
  // An editor that writes down what it is asked to open.
  const editor = join(folder, 'code');
  await writeFile(editor, `#!/bin/sh\necho "$@" > '${join(folder, 'opened')}'\n`, { mode: 0o755 });
  await electronApp.evaluate((_electron, path) => {
    process.env['LAUNCH_EDITOR'] = path;
  }, editor);
  await chooseFolder(root);
  await page.getByTestId('tab-search').click();
  await page.getByTestId('pattern').fill('needle');
  await page.getByTestId('files').fill('a.txt');
  await page.getByTestId('context').selectOption('1');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveText(['1Hello world', '2second line with needle']);
  await page.getByTestId('copy-all-text').click();
  expect(await readClipboard(electronApp)).toBe('a.txt:2:18:second line with needle\n');
  await page.getByTestId('copy-all-json').click();
  expect(JSON.parse(await readClipboard(electronApp))).toMatchObject({ path: 'a.txt', line: 2, column: 18 });
  await page.getByTestId('result-row').nth(1).click();
  await page.getByTestId('open-in-editor').click();
  await expect
    .poll(() => readFile(join(folder, 'opened'), 'utf8').catch(() => ''))
    .toContain(`${join(root, 'a.txt')}:2:18`);
});

test('compares a folder with a manifest that was saved', async ({ electronApp, page, chooseFolder, folder }) => {
  const root = await makeTree(folder);
  const manifest = join(folder, 'saved.sha256');
  await writeFile(manifest, `${await sha256sum(root)}no line of a manifest\n`);
  await writeFile(join(root, 'a.txt'), 'changed');
  await rename(join(root, 'empty'), join(root, 'renamed'));
  await chooseFolder(root);
  await page.getByTestId('tab-verify').click();
  await electronApp.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, manifest);
  await page.getByTestId('choose-manifest').click();
  await expect(page.getByTestId('manifest-path')).toContainText('saved.sha256');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('verify-summary')).toContainText('6 unchanged, 1 changed, 1 missing, 1 new');
  await expect(page.getByTestId('misread')).toContainText('1 line of the manifest is not understood: 9.');
  await expect(page.getByTestId('result-row')).toHaveText(['a.txtChanged']);
  await page.getByTestId('show-new').click();
  await expect(page.getByTestId('result-row')).toHaveText(['renamedNew']);
});

function readClipboard(electronApp: ElectronApplication): Promise<string> {
  return electronApp.evaluate(({ clipboard }) => clipboard.readText());
}
