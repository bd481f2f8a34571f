import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeCommand } from '#launch';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { makePhotos } from '../src/make-images.ts';
import { makeTree, sha256sum } from '../src/make-tree.ts';
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

test('the packaged window checksums, searches, makes thumbnails, and opens its console', async ({
  packaged,
  openPackaged,
  apps,
  folder,
}) => {
  const copy = await packaged.copy('inspectable', ['ipc-link']);
  await allowInspection(join(copy, 'ipc-link'));
  const page = await openPackaged(join(copy, 'ipc-link'));
  const [app] = apps;
  if (app === undefined) throw new Error('The app was not started.');
  expect(await app.evaluate(({ app: own }) => own.getAppPath())).toBe(join(copy, archiveFile));
  const root = await makeTree(folder);
  const saved = join(folder, 'saved.sha256');
  await app.evaluate(
    ({ dialog }, [chosen, filePath]) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    [root, saved] as const,
  );
  await page.getByTestId('choose-folder').first().click();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveCount(8);
  await page.getByTestId('save-manifest').click();
  await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toBe(await sha256sum(root));
  await page.getByTestId('tab-search').click();
  await page.getByTestId('pattern').fill('needle');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result-row')).toHaveCount(2);
  const photos = await makePhotos(folder, 2);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, photos);
  await page.getByTestId('choose-folder').first().click();
  await page.getByTestId('tab-thumbnails').click();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('status')).toContainText(/^Done: 3 thumbnails, 2 refused/, { timeout: 60_000 });
  const opened = app.waitForEvent('window');
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('console')?.click());
  await expect((await opened).getByTestId('row-files-1')).toContainText('ready');
});

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
