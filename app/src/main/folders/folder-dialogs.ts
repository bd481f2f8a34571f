import { stat, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { dialog } from 'electron';
import { AppChannel } from '../../bridge/app-channels.ts';
import { handlePage } from '../handle-page.ts';
import type { ServedApp } from '../serve-app.ts';
import type { FolderGrants } from './folder-grants.ts';
import { openInEditor } from './open-in-editor.ts';

/**
 * Answers the window's requests for folders to read and for a file to write. The user chooses each in a dialog or by
 * dropping it on the window, so that the page can't name a path by itself.
 */
export function handleFolderDialogs(grants: FolderGrants, { isOwn }: ServedApp): void {
  const handle = handlePage(isOwn);
  handle(AppChannel.chooseFolder, async (window) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: 'Choose a folder',
      properties: ['openDirectory'],
    });
    const [folder] = filePaths;
    return canceled || folder === undefined ? null : grants.grant(folder);
  });
  handle(AppChannel.chooseManifest, async (window) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: 'Choose a manifest',
      properties: ['openFile'],
    });
    const [manifest] = filePaths;
    return canceled || manifest === undefined ? null : grants.grant(manifest);
  });
  handle(AppChannel.acceptDropped, async (_window, dropped) => {
    if (typeof dropped !== 'string' || dropped === '')
      throw new Error('What was dropped is neither a folder nor a file on this computer.');
    const path = resolve(dropped);
    const isFolder = (await stat(path)).isDirectory();
    return { kind: isFolder ? 'folder' : 'manifest', path: grants.grant(path) };
  });
  handle(AppChannel.openInEditor, (_window, root, place) => openInEditor(grants.placeBelow(root, place)));
  handle(AppChannel.saveManifest, async (window, manifest, suggestedName) => {
    if (!(manifest instanceof Uint8Array)) throw new TypeError('The manifest must be bytes.');
    const defaultPath = typeof suggestedName === 'string' ? basename(suggestedName) : 'manifest.sha256';
    const { canceled, filePath } = await dialog.showSaveDialog(window, { title: 'Save the manifest', defaultPath });
    if (canceled || filePath === '') return null;
    await writeFile(filePath, manifest);
    return filePath;
  });
}
