import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { ElectronApplication, Page } from '@playwright/test';
import { test as base } from './electron-test.ts';
import { launchApp } from './other-app.ts';
import { connectPage } from './page-sidecars.ts';

/** The properties of one row of `host.status()` that these tests use. */
export interface Row {
  readonly name: string;
  readonly instance: string;
  readonly pid: number;
  readonly state: string;
  readonly inFlight: number;
  readonly abandoned: number;
  /** Memory in bytes, where it is known. */
  readonly rss: number | null;
  readonly latency: { readonly count: number } | null;
}

/** The app of `fixtures/windows`, shared by the tests of one file. */
export class WindowsApp {
  readonly app: ElectronApplication;
  readonly page: Page;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  /** Runs code in the page's document with its clients: `sidecars.demo`, `sidecars.straight`. */
  inPage<Result>(code: string): Promise<Result> {
    return this.page.evaluate(`(async () => { const { demo, straight } = await globalThis.sidecars; ${code} })()`);
  }

  /** The host's status of the processes of one sidecar. */
  async rows(sidecar: string): Promise<Row[]> {
    const rows: Row[] = await this.app.evaluate(() => Reflect.get(globalThis, 'testHost').status());
    return rows.filter(({ name }) => name === sidecar);
  }
}

export const test = base.extend<object, { readonly windows: WindowsApp }>({
  windows: [
    async ({}, use) => {
      const userData = await mkdtemp(join(tmpdir(), 'ipc-link-e2e-'));
      const app = await launchApp(join(PROJECT_FOLDER, 'e2e/fixtures/windows'), userData);
      const page = await app.firstWindow();
      await connectPage(page);
      await page.evaluate('sidecars.then(() => {})');
      await use(new WindowsApp(app, page));
      await app.close();
      await rm(userData, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
