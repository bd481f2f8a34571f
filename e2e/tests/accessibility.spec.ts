import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect as baseExpect, test } from '../src/electron-test.ts';
import { inspectView } from '../src/inspect-view.ts';
import { makeBigFile, makeTree, sha256sum } from '../src/make-tree.ts';

/** Waits longer than usual, because axe keeps the window busy. */
const expect = baseExpect.configure({ timeout: 20_000 });

test('axe finds nothing serious in any view and state of the window and its console, in light and dark', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  test.setTimeout(300_000);
  const root = await makeTree(folder);
  const manifest = join(folder, 'saved.sha256');
  await writeFile(manifest, `${await sha256sum(root)}${'0'.repeat(64)}  gone.txt\n`);
  const found: string[] = [];
  const inspect = async (name: string): Promise<void> => {
    found.push(...(await inspectView(page, name)));
  };
  const run = page.getByTestId('run');

  await expect(page.getByTestId('sidecar-state')).toContainText(/ready/i);
  await inspect('welcome');
  await chooseFolder(root);
  await inspect('checksum-empty');
  await run.click();
  await expect(page.getByTestId('result-row')).toHaveCount(8);
  await page.getByTestId('result-row').first().click();
  await inspect('checksum-result');

  await page.getByTestId('tab-verify').click();
  await inspect('verify-empty');
  await electronApp.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, manifest);
  await page.getByTestId('choose-manifest').click();
  await run.click();
  await expect(page.getByTestId('verify-summary')).toContainText('1 missing');
  await inspect('verify-result');

  await page.getByTestId('tab-search').click();
  await inspect('search-empty');
  await page.getByTestId('pattern').fill('needle');
  await run.click();
  await expect(page.getByTestId('result-row')).toHaveCount(2);
  await inspect('search-result');
  const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  // The smallest that the window can be.
  await page.setViewportSize({ width: 720, height: 452 });
  await inspect('search-result-small');
  await page.getByTestId('tab-checksum').click();
  await inspect('checksum-result-small');
  await page.setViewportSize(size);
  await page.getByTestId('tab-search').click();
  await page.getByTestId('pattern').fill('no such text');
  await run.click();
  await expect(page.getByTestId('status')).toContainText('no matches');
  await inspect('search-nothing');
  await page.getByTestId('regex').check();
  await page.getByTestId('pattern').fill('needle(');
  await run.click();
  await expect(page.getByTestId('error')).toBeVisible();
  await inspect('search-refused');

  await page.getByTestId('tab-checksum').click();
  const huge = join(root, 'huge');
  await makeBigFile(huge);
  await run.click();
  await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
  await inspect('checksum-running');
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('status')).toContainText(/cancelled/i);
  await inspect('checksum-cancelled');
  await rm(huge);
  await rename(root, `${root}-moved`);
  await run.click();
  await expect(page.getByTestId('error')).toBeVisible();
  await inspect('checksum-error');

  const opened = electronApp.waitForEvent('window');
  await electronApp.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('console')?.click());
  const console = await opened;
  await expect(console.getByTestId('row-files-1')).toContainText('ready');
  found.push(...(await inspectView(console, 'console')));
  await console.setViewportSize({ width: 960, height: 592 });
  found.push(...(await inspectView(console, 'console-small')));
  expect(found).toEqual([]);
});
