import type { ElectronApplication, Page } from '@playwright/test';
import { connectPage } from './page-sidecars.ts';
import { expect as baseExpect, test as base } from './windows-app.ts';

interface OpenOptions {
  /** @default true */
  readonly isConnected?: boolean;
  /** More of the window's `webPreferences`. */
  readonly preferences?: object;
}

interface Fixtures {
  /** Opens a window and, unless told otherwise, connects its page. The window and its calls end with the test. */
  readonly openPage: (path?: string, options?: OpenOptions) => Promise<Page>;
  /** A connected page of a window of its own. */
  readonly page: Page;
}

export const test = base.extend<Fixtures>({
  openPage: async ({ windows: { app } }, use) => {
    await use(async (path = '/', { isConnected = true, preferences = {} } = {}) => {
      const opened = app.waitForEvent('window');
      await inMain(app, `await openWindow(${JSON.stringify(path)}, ${JSON.stringify(preferences)})`);
      const page = await opened;
      if (isConnected) await connectPage(page);
      return page;
    });
    await inMain(app, 'closeOthers()');
    await expect.poll(() => inMain(app, 'return countInFlight()')).toBe(0);
  },
  page: async ({ openPage }, use) => {
    await use(await openPage());
  },
});

/** Waits longer than usual, because another process may have to start, or a garbage collection to run. */
export const expect = baseExpect.configure({ timeout: 20_000 });

/** Runs code in a page with its clients: `demo`, whose calls go through the main process, and `straight`, whose don't. */
export function inPage<Result = void>(page: Page, code: string): Promise<Result> {
  return page.evaluate(withClients(code));
}

/** Runs code in the main process with the clients of the same names. */
export function inMain<Result = void>(app: ElectronApplication, code: string): Promise<Result> {
  return app.evaluate(withClients(code));
}

function withClients(code: string): string {
  return `(async () => { const { demo, straight } = await globalThis.sidecars; ${code} })()`;
}
