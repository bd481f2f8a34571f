import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { ConsoleOptions } from 'ipc-link/electron/console';
import type { ElectronApplication, Page } from '@playwright/test';
import { test as base } from './electron-test.ts';
import { launchApp } from './other-app.ts';

/** What the host says of one instance, as far as these tests look at it. */
export interface Row {
  readonly instance: string;
  readonly pid: number;
  readonly state: string;
  readonly restarts: number;
  readonly inFlight: number;
  readonly latency: { readonly count: number } | null;
}

/** The app of `fixtures/console`, shared by the tests of one file, with the console that it opens for its host. */
export class ConsoleApp {
  readonly app: ElectronApplication;
  page: Page;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  status(): Promise<Row[]> {
    return this.app.evaluate(() => Reflect.get(globalThis, 'testHost').status());
  }

  async rowOf(instance: string): Promise<Row> {
    const row = (await this.status()).find((each) => each.instance === instance);
    if (row === undefined) throw new Error(`The host has no ${instance}.`);
    return row;
  }

  /** Calls that the host has seen succeed, of all its instances. */
  async succeeded(): Promise<number> {
    return (await this.status()).reduce((sum, { latency }) => sum + (latency?.count ?? 0), 0);
  }

  /** Resolves when the page has been told of something once more. */
  nextTick(): Promise<void> {
    return this.page.evaluate(
      () => new Promise<void>((resolve) => Reflect.get(globalThis, 'ipcLinkConsole').onTick(() => resolve())),
    );
  }

  /** Makes so many calls at once, and waits for them. */
  burst(calls: number): Promise<void> {
    return this.app.evaluate((_electron, count) => Reflect.get(globalThis, 'burst')(count), calls);
  }

  /** What is there because of a console: names of observed channels, and counts of listeners and timers. */
  traces(): Promise<{ channels: string[]; listeners: number; timers: number }> {
    return this.app.evaluate(() => Reflect.get(globalThis, 'traces')());
  }

  /** Opens the console of the app's host, and waits for its window. */
  async open(options: ConsoleOptions = {}): Promise<void> {
    const opened = this.app.waitForEvent('window');
    await this.app.evaluate((_electron, asked) => {
      Reflect.get(globalThis, 'openConsole')(Reflect.get(globalThis, 'testHost'), asked);
    }, options);
    this.page = await opened;
  }

  async close(): Promise<void> {
    await Promise.all([
      this.page.waitForEvent('close'),
      this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    ]);
  }
}

export const test = base.extend<object, { readonly console: ConsoleApp }>({
  console: [
    async ({}, use) => {
      const userData = await mkdtemp(join(tmpdir(), 'ipc-link-e2e-'));
      const app = await launchApp(join(PROJECT_FOLDER, 'e2e/fixtures/console'), userData);
      await use(new ConsoleApp(app, await app.firstWindow()));
      await app.close();
      await rm(userData, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
