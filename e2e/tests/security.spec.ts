import { expect, sharedTest as test } from '../src/electron-test.ts';
import { makeTree } from '../src/make-tree.ts';
import { connectPage } from '../src/page-sidecars.ts';

test('the page has no Node and no ipcRenderer', async ({ page }) => {
  await connectPage(page);
  const found = await page.evaluate(async () => ({
    node: ['require', 'process', 'Buffer', 'module', 'global', '__dirname'].filter((name) => name in globalThis),
    ipc: Object.keys(globalThis).filter((name) => /ipcRenderer|electron/i.test(name)),
    bridge: Object.keys(Reflect.get(globalThis, 'ipcLink')).toSorted(),
    sidecars: Object.keys((await Reflect.get(globalThis, 'sidecars')).files).toSorted(),
  }));
  expect(found).toEqual({
    node: [],
    ipc: [],
    bridge: [
      'acceptDropped',
      'cancelOffload',
      'chooseFolder',
      'chooseManifest',
      'onMenuAction',
      'onOffloadStep',
      'onSidecarState',
      'openInEditor',
      'ping',
      'platform',
      'reportEnd',
      'reportProgress',
      'runOffload',
      'saveManifest',
    ],
    sidecars: ['manifest', 'search', 'thumbnails', 'verify'],
  });
});

test('every window is isolated and sandboxed', async ({ electronApp, page }) => {
  await page.waitForLoadState();
  const preferences = await electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const all: Record<string, unknown> = Reflect.get(webContents, 'getLastWebPreferences').call(webContents);
      const names = ['contextIsolation', 'sandbox', 'nodeIntegration', 'webSecurity'];
      return Object.fromEntries(names.map((name) => [name, all[name]]));
    }),
  );
  expect(preferences).toEqual([{ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true }]);
});

test('a folder that was not chosen is refused', async ({ page, folder }) => {
  const root = await makeTree(folder);
  await connectPage(page);
  const error = await page.evaluate(async (path) => {
    const items = (await Reflect.get(globalThis, 'sidecars')).files.manifest({ root: path });
    try {
      await items.next();
      return null;
    } catch (failure) {
      return { code: Reflect.get(Object(failure), 'code'), message: Reflect.get(Object(failure), 'message') };
    }
  }, root);
  expect(error).toEqual({ code: 'ERR_FOLDER_NOT_CHOSEN', message: expect.stringContaining('was not chosen') });
});

test('a file outside the chosen folder is not opened', async ({ page, chooseFolder, folder }) => {
  const root = await makeTree(folder);
  await chooseFolder(root);
  await expect(page.getByTestId('folder-path').first()).toContainText('tree');
  const message = await page.evaluate(
    (path) =>
      Reflect.get(globalThis, 'ipcLink')
        .openInEditor(path, { path: '../secret', line: 1, column: 1 })
        .then(
          () => 'opened',
          (failure: Error) => failure.message,
        ),
    root,
  );
  expect(message).toContain('was not chosen');
});

test('the page cannot leave, open windows, run inline scripts or read files', async ({ electronApp, page }) => {
  const refused = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    return {
      popup: window.open('https://example.invalid') === null,
      inline: Reflect.get(globalThis, 'inlineRan') === undefined,
      outside: (await fetch('app://ipc-link/%2e%2e/%2e%2e/package.json')).status,
      malformed: (await fetch('app://ipc-link/%')).status,
      folder: (await fetch('app://ipc-link/assets')).status,
      file: await fetch('file:///etc/passwd').then(
        () => 'read',
        () => 'refused',
      ),
      permission: (await navigator.permissions.query({ name: 'geolocation' })).state,
    };
  });
  expect(refused).toEqual({
    popup: true,
    inline: true,
    outside: 404,
    malformed: 404,
    folder: 404,
    file: 'refused',
    permission: 'denied',
  });
  await page.evaluate(() => location.assign('https://example.invalid/'));
  expect(page.url()).toBe('app://ipc-link/index.html');
  expect(electronApp.windows()).toHaveLength(1);
});
