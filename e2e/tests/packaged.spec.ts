import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeCommand } from '#launch';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { ElectronApplication } from '@playwright/test';
import { makePhotos } from '../src/make-images.ts';
import { makeBigFile, makeTree, sha256sum } from '../src/make-tree.ts';
import { allowInspection, expect, runProgram, test } from '../src/packaged-app.ts';

const archiveFile = 'resources/app.asar';

test('the release has its fuses, its archive with hashes, and nothing that it does not need', async ({ packaged }) => {
  const wire = await getCurrentFuseWire(packaged.program);
  const fuses = Object.entries(FuseV1Options).flatMap(([name, index]) =>
    typeof index === 'number' ? [[name, String.fromCharCode(wire[index] ?? 0) === '1']] : [],
  );
  expect(Object.fromEntries(fuses)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
  const archive = join(packaged.folder, archiveFile);
  const files = filesIn(getRawHeader(archive).header);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(({ integrity }) => integrity?.algorithm !== 'SHA256')).toEqual([]);
  const unneeded =
    /\.(map|ts|tsx|cts|mts|tsbuildinfo)$|(?<!LICENSE)\.md$|\/(src|tests?|docs?|examples?)\/|shared\/bundle\/window/;
  expect(listPackage(archive, { isPack: false }).filter((path) => unneeded.test(path))).toEqual([]);
  // What the system starts or loads is outside of the archive.
  const unpacked = files.filter((file) => file.unpacked === true).map(({ path }) => path);
  expect(unpacked).toContainEqual(expect.stringMatching(/ripgrep-linux-\w+\/bin\/rg$/));
  expect(files.filter(({ path, unpacked: isUnpacked }) => /\.(node|so)/.test(path) && isUnpacked !== true)).toEqual([]);
  expect(packaged.report).toMatch(/MB {2}linux-unpacked, of which\n.* MB {4}ipc-link\n/);
});

test('the release runs as it is, does not start from an archive that was changed, and can not be inspected', async ({
  packaged,
  folder,
}) => {
  const root = await makeTree(folder);
  const userData = join(folder, '.user-data');
  const command = encodeCommand({ command: 'checksum', folder: root, paths: ['.'], algorithms: ['sha256'] });
  const intact = await runProgram(packaged.program, ['--inspect=0', ...command], userData);
  expect(intact).toMatchObject({ code: 0, stdout: await sha256sum(root) });
  expect(intact.stderr).not.toContain('Debugger listening');

  const changed = await packaged.copy('changed', [archiveFile]);
  const archive = join(changed, archiveFile);
  const bytes = await readFile(archive);
  const place = bytes.indexOf('Choose folder…');
  expect(place).toBeGreaterThan(0);
  bytes.write('c', place);
  await writeFile(archive, bytes);
  const refused = await runProgram(join(changed, 'ipc-link'), command, userData);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/does not start, because its file "app\/out\/renderer\/assets\/index-[\w-]+\.js"/);
});

test('the packaged window does each of its tasks, and its console and playground work', async ({
  packaged,
  openPackaged,
  apps,
  folder,
}) => {
  test.setTimeout(120_000);
  const copy = await packaged.copy('inspectable', ['ipc-link']);
  await allowInspection(join(copy, 'ipc-link'));
  const page = await openPackaged(join(copy, 'ipc-link'));
  const [app] = apps;
  if (app === undefined) throw new Error('The app was not started.');
  expect(await app.evaluate(({ app: own }) => own.getAppPath())).toBe(join(copy, archiveFile));
  const root = await makeTree(folder);
  const saved = join(folder, 'saved.sha256');
  await test.step('checksums, progress and cancel', async () => {
    const big = join(folder, 'big');
    await mkdir(big);
    await makeBigFile(join(big, 'huge'));
    await answerDialogs(app, [big], saved);
    await page.getByTestId('choose-folder').first().click();
    await page.getByTestId('run').click();
    await expect(page.getByTestId('throughput')).toContainText(/B\/s/);
    await page.getByTestId('cancel').click();
    await expect(page.getByTestId('status')).toContainText(/cancelled/i);
    await answerDialogs(app, [root], saved);
    await page.getByTestId('choose-folder').first().click();
    await page.getByTestId('run').click();
    await expect(page.getByTestId('result-row')).toHaveCount(8);
    await page.getByTestId('save-manifest').click();
    await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toBe(await sha256sum(root));
  });
  await test.step('verify', async () => {
    await page.getByTestId('tab-verify').click();
    await answerDialogs(app, [saved], saved);
    await page.getByTestId('choose-manifest').click();
    await page.getByTestId('run').click();
    await expect(page.getByTestId('verify-summary')).toContainText('All files are as in the manifest');
  });
  await test.step('search', async () => {
    await page.getByTestId('tab-search').click();
    await page.getByTestId('pattern').fill('needle');
    await page.getByTestId('run').click();
    await expect(page.getByTestId('result-row')).toHaveCount(2);
  });
  await test.step('thumbnails', async () => {
    await answerDialogs(app, [await makePhotos(folder, 2)], saved);
    await page.getByTestId('choose-folder').first().click();
    await page.getByTestId('tab-thumbnails').click();
    await page.getByTestId('run').click();
    await expect(page.getByTestId('status')).toContainText(/^Done: 3 thumbnails, 2 refused/, { timeout: 60_000 });
  });
  await test.step('offload', async () => {
    await page.getByTestId('tab-offload').click();
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByTestId('offload-summary')).toContainText('held up the whole app for', { timeout: 40_000 });
  });
  await test.step('console and playground', async () => {
    const opened = app.waitForEvent('window');
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('console')?.click());
    const shown = await opened;
    await expect(shown.getByTestId('row-files-1')).toContainText('ready');
    await shown.getByRole('tab', { name: 'Playground' }).click();
    await shown.getByLabel('Operation').selectOption({ label: 'checksum' });
    await shown.getByRole('button', { name: 'JSON' }).click();
    await shown.getByTestId('play-json').fill(JSON.stringify({ root }));
    await shown.getByTestId('play-send').click();
    await expect(shown.getByTestId('play-status')).toHaveText(/^Succeeded after [\d.]+ ms$/);
    await expect(shown.getByTestId('play-reply')).toContainText('"files": 8');
    await shown.getByRole('tab', { name: 'Live' }).click();
    await expect(shown.getByTestId('log-row').last()).toContainText('files.checksum');
    const trace = join(folder, 'trace.json');
    await answerDialogs(app, [root], trace);
    await shown.getByRole('button', { name: 'Export trace' }).click();
    await expect(shown.getByRole('status').last()).toContainText(trace);
    expect(await readFile(trace, 'utf8')).toContain('"files.checksum"');
    await shown.keyboard.press('p');
    await shown.getByRole('button', { name: 'Resume' }).click();
    await shown.getByTestId('kill-files-1').click();
    await shown.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
    await expect(shown.getByTestId('row-files-1').locator('th, td').nth(4)).toHaveText('1');
    await expect(shown.getByTestId('row-files-1')).toContainText('ready');
    await shown.getByTestId('restart-files').click();
    await shown.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
    await expect(shown.getByTestId('row-files-2')).toContainText('ready');
  });
});

/** What the next dialogs of the app answer: what is opened, and where something is saved. */
async function answerDialogs(app: ElectronApplication, opened: readonly string[], saved: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, [filePaths, filePath]) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    [opened, saved] as const,
  );
}

interface ArchiveEntry {
  readonly path: string;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly algorithm: string };
}

/** The files that a header lists. */
function filesIn(node: object, parent = ''): ArchiveEntry[] {
  const entries: Record<string, object> = Reflect.get(node, 'files');
  return Object.entries(entries).flatMap(([name, entry]) => {
    const path = `${parent}${name}`;
    return 'files' in entry ? filesIn(entry, `${path}/`) : [{ ...entry, path }];
  });
}
