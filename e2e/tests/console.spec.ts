import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../src/console-app.ts';

// What the page has counted begins at nothing.
test.beforeEach(({ console }) => console.page.reload());

test('shows the instances of the host, each with its process', async ({ console }) => {
  const { page } = console;
  const rows = await console.status();
  expect(rows.map(({ instance }) => instance)).toEqual(['images-1', 'images-2', 'text-1']);
  for (const { instance, pid } of rows) {
    const cells = page.getByTestId(`row-${instance}`).locator('th, td');
    await expect(cells.nth(0)).toHaveText(instance);
    await expect(cells.nth(1)).toHaveText('ready');
    await expect(cells.nth(2)).toHaveText(String(pid));
  }
  await expect(page.getByTestId('summary')).toContainText('3 of 3 instances ready');
});

test('counts every call, and says that it shows a sample of them', async ({ console }) => {
  const { page } = console;
  const before = await console.succeeded();
  await console.burst(900);
  await expect(page.getByTestId('sampling')).toHaveText(/^Shows a sample of \d+, out of 900 calls$/);
  expect((await console.succeeded()) - before).toBe(900);
  await expect(page.getByTestId('log-row').first()).toContainText('text.count');
});

test('filters the log, and says when nothing matches', async ({ console }) => {
  const { page, app } = console;
  await app.evaluate(() => {
    const { testHost, images } = Object(globalThis);
    return testHost
      .client(images)
      .decode('holiday.raw')
      .catch(() => {});
  });
  const rows = page.getByTestId('log-row');
  await console.burst(3);
  await page.keyboard.press('/');
  await expect(page.getByTestId('filter')).toBeFocused();
  await page.keyboard.type('images failed');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(/→ images-\d.*images\.decode.*failed ENOTPICTURE/);
  await page.getByTestId('filter').fill('no such thing');
  await expect(page.getByText('Nothing matches the filter.')).toBeVisible();
  await page.getByTestId('filter').fill('');
  await page.getByLabel('Only failures').check();
  await expect(rows).toHaveCount(1);
  await page.getByLabel('Only failures').uncheck();
  await page.getByRole('tab', { name: 'Log lines' }).click();
  await expect(rows.filter({ hasText: 'holiday.raw is no picture' })).toContainText(/← images-\d.*warn.*handler/);
  await page.getByRole('tab', { name: 'Calls' }).click();
});

test('stands still while it is paused, and goes on with what came meanwhile', async ({ console }) => {
  const { page } = console;
  const sampling = page.getByTestId('sampling');
  await console.burst(5);
  await expect(sampling).toHaveText('All 5 calls');
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveAttribute('aria-pressed', 'true');
  await console.burst(10);
  await console.nextTick();
  await page.getByTestId('filter').fill('text-1');
  await expect(sampling).toHaveText('All 5 calls');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(sampling).toHaveText('All 15 calls');
});

test('copies what it shows as JSON, whose figures are those of status()', async ({ console }) => {
  const { page, app } = console;
  const before = await console.succeeded();
  await console.burst(120);
  await expect(page.getByTestId('sampling')).toHaveText('All 120 calls');
  await page.getByRole('button', { name: 'Copy as JSON' }).click();
  await expect(page.getByRole('status')).toContainText('Copied');
  const copied: { history: { calls: number }[]; instances: { pid: number }[] } = JSON.parse(
    await app.evaluate(({ clipboard }) => clipboard.readText()),
  );
  expect(copied.history.reduce((sum, { calls }) => sum + calls, 0)).toBe((await console.succeeded()) - before);
  expect(copied.instances.map(({ pid }) => pid)).toEqual((await console.status()).map(({ pid }) => pid));
});

test('exports a trace of the calls', async ({ console, folder }) => {
  const { page, app } = console;
  await console.burst(40);
  await expect(page.getByTestId('sampling')).toHaveText('All 40 calls');
  const file = join(folder, 'trace.json');
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await page.getByRole('button', { name: 'Export trace' }).click();
  await expect(page.getByRole('status')).toContainText(file);
  const { traceEvents, otherData }: { traceEvents: TraceEvent[]; otherData: unknown } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  expect(otherData).toEqual({ calls: 40, outOf: 40 });
  const slices = traceEvents.filter(({ ph }) => ph === 'X');
  expect(slices).toHaveLength(40);
  expect(slices.filter(({ name, ts, dur }) => !(name === 'text.count' && ts >= 0 && dur > 0))).toEqual([]);
  expect(traceEvents.filter(({ name }) => name === 'process_name').map(({ args }) => args.name)).toEqual(['text-1']);
});

test('kills a process when it is told twice, which comes back with a restart counted', async ({ console }) => {
  const { page } = console;
  const before = await console.rowOf('text-1');
  const cells = page.getByTestId('row-text-1').locator('th, td');
  await page.getByTestId('kill-text-1').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByTestId('kill-text-1').click();
  await expect(page.getByRole('dialog')).toContainText(`Process ${before.pid} ends at once.`);
  await page.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
  await expect(page.getByRole('status')).toHaveText('text-1 was killed.');
  await expect(cells.nth(4)).toHaveText(String(before.restarts + 1));
  await expect(cells.nth(1)).toHaveText('ready');
  await expect(cells.nth(2)).not.toHaveText(String(before.pid));
  await expect(cells.nth(2)).toHaveText(String((await console.rowOf('text-1')).pid));
});

test('restarts a sidecar', async ({ console }) => {
  const { page } = console;
  const old = await console.rowOf('images-1');
  await page.getByTestId('restart-images').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('status')).toHaveText('images was restarted.');
  for (const { instance, pid } of await console.status())
    await expect(page.getByTestId(`row-${instance}`)).toContainText(`ready${pid}`);
  await expect(page.getByTestId(`row-${old.instance}`)).toHaveCount(0);
});

test('has no Node, no network and no way out, and its actions are of its own page alone', async ({ console }) => {
  // As an app opens it that allows no more than to look.
  await console.close();
  await console.open();
  const { page, app } = console;
  const found = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    const isRefused = (asked: Promise<unknown>): Promise<boolean> =>
      asked.then(
        () => false,
        () => true,
      );
    return {
      node: ['require', 'process', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
      bridge: Object.keys(Reflect.get(globalThis, 'ipcLinkConsole')).toSorted(),
      inline: Reflect.get(globalThis, 'inlineRan') === undefined,
      popup: window.open('https://example.invalid') === null,
      fetch: await isRefused(fetch('/index.html')),
      file: await isRefused(fetch('file:///etc/passwd')),
      unknown: await Reflect.get(globalThis, 'ipcLinkConsole')
        .kill('nobody-1')
        .catch((error: Error) => error.message),
      notAllowed: await Promise.all(
        ['keepBodies', 'operations', 'send', 'cancel'].map(async (name): Promise<unknown> => {
          const asked: Promise<unknown> = Reflect.get(Reflect.get(globalThis, 'ipcLinkConsole'), name)(true);
          return asked.catch((error: Error) => error.message);
        }),
      ),
      object: await Reflect.get(globalThis, 'ipcLinkConsole')
        .kill({})
        .catch((error: Error) => error.message),
    };
  });
  expect(found).toEqual({
    node: [],
    bridge: expect.arrayContaining(['kill', 'onTick', 'restart', 'saveTrace']),
    notAllowed: ['keepBodies', 'operations', 'send', 'cancel'].map(() =>
      expect.stringContaining('No handler registered'),
    ),
    inline: true,
    popup: true,
    fetch: true,
    file: true,
    unknown: expect.stringContaining('this host has no instance of that name'),
    object: expect.stringContaining('its argument must be a text'),
  });
  await page.evaluate(() => location.assign('https://example.invalid/'));
  expect(page.url()).toBe('https://console.ipc-link.invalid/index.html');
  // Its channels are its own: no other window of the app has a handler for them.
  const preferences = await app.evaluate(({ BrowserWindow, ipcMain }) => ({
    handlers: Reflect.get(ipcMain, '_invokeHandlers')?.size,
    ...Reflect.get(BrowserWindow.getAllWindows()[0]?.webContents ?? {}, 'getLastWebPreferences').call(
      BrowserWindow.getAllWindows()[0]?.webContents,
    ),
  }));
  expect(preferences).toMatchObject({ handlers: 0, contextIsolation: true, sandbox: true, nodeIntegration: false });
});

test('is there once for a host, and leaves nothing behind when it is closed', async ({ console }) => {
  const { app } = console;
  const whileOpen = await console.traces();
  expect(whileOpen).toMatchObject({ channels: ['end', 'error'], listeners: 2 });
  await app.evaluate(() => void Reflect.get(globalThis, 'openConsole')(Reflect.get(globalThis, 'testHost')));
  expect(app.windows()).toHaveLength(1);
  await console.close();
  await expect.poll(() => console.traces()).toEqual({ channels: [], listeners: 0, timers: whileOpen.timers - 1 });
  await console.open();
  await expect(console.page.getByTestId('summary')).toContainText('3 of 3 instances ready');
});

test('is at rest while its window is hidden', async ({ console }) => {
  const { app, page } = console;
  const show = (name: 'hide' | 'show'): Promise<void> =>
    app.evaluate(({ BrowserWindow }, method) => BrowserWindow.getAllWindows()[0]?.[method](), name);
  await show('hide');
  await expect.poll(async () => (await console.traces()).channels).toEqual([]);
  await show('show');
  await console.burst(3);
  await expect(page.getByTestId('sampling')).toHaveText('All 3 calls');
});

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args: { readonly name?: string };
}
