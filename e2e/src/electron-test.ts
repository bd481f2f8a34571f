import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_MAIN } from '#launch';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { ELECTRON_VARIABLE, type E2eElectron } from './prepare.ts';

interface Fixtures {
  /** An empty folder that is removed after the test. */
  readonly folder: string;
  /** The app, started anew for each test. */
  readonly electronApp: ElectronApplication;
  /** Its window. */
  readonly page: Page;
  /** Replaces the folder dialog by one in which the user has chosen this folder. */
  readonly chooseFolder: (folder: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ipc-link-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  electronApp: async ({ folder }, use) => {
    const electronApp = await launch(folder);
    await use(electronApp);
    await electronApp.close();
  },
  page: async ({ electronApp }, use) => {
    await use(await electronApp.firstWindow());
  },
  chooseFolder: async ({ electronApp, page }, use) => {
    await use(async (chosen) => {
      await electronApp.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, chosen);
      await page.getByTestId('choose-folder').first().click();
    });
  },
});

/** The same, with one app for all tests of a worker. Each test finds its page loaded anew. */
export const sharedTest = test.extend<object, { readonly sharedApp: ElectronApplication }>({
  sharedApp: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'ipc-link-e2e-'));
      const electronApp = await launch(folder);
      await use(electronApp);
      await electronApp.close();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  electronApp: async ({ sharedApp }, use) => use(sharedApp),
  page: async ({ sharedApp }, use) => {
    const page = await sharedApp.firstWindow();
    await page.reload();
    await use(page);
  },
});

export { expect } from '@playwright/test';

/** Reads the Electron that was prepared for all tests, to start it without a window. */
export function readElectron(): E2eElectron {
  const text = process.env[ELECTRON_VARIABLE];
  if (text === undefined)
    throw new Error(`${ELECTRON_VARIABLE} is not set: run the tests through the Playwright config.`);
  return JSON.parse(text);
}

function launch(folder: string): Promise<ElectronApplication> {
  const { executablePath, args } = readElectron();
  const userData = `--user-data-dir=${join(folder, '.user-data')}`;
  return _electron.launch({ executablePath, args: [...args, userData, APP_MAIN], env: withoutNodeOptions() });
}

function withoutNodeOptions(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([key, value]) => value !== undefined && key !== 'NODE_OPTIONS');
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
