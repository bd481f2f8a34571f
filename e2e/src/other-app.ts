import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { readElectron, test as base } from './electron-test.ts';

interface Fixtures {
  /** Starts an app by the folder of its package.json. The app ends with the test. @returns Its window. */
  readonly openApp: (appFolder: string) => Promise<Page>;
  /** Starts an app that was packaged, by its program; it ends with the test. @returns Its window. */
  readonly openPackaged: (executablePath: string) => Promise<Page>;
  /** Apps that end with the test. */
  readonly apps: ElectronApplication[];
}

export const test = base.extend<Fixtures>({
  apps: async ({}, use) => {
    const apps: ElectronApplication[] = [];
    await use(apps);
    for (const app of apps) await app.close();
  },
  openApp: async ({ apps, folder }, use) => {
    await use(async (appFolder) => {
      const app = await launchApp(appFolder, join(folder, '.user-data'));
      apps.push(app);
      return app.firstWindow();
    });
  },
  openPackaged: async ({ apps, folder }, use) => {
    await use(async (executablePath) => {
      const app = await launch(executablePath, [...readElectron().args, userDataIn(join(folder, '.user-data'))]);
      apps.push(app);
      return app.firstWindow();
    });
  },
});

export { expect } from '@playwright/test';

/** Starts an app by the folder of its package.json. */
export function launchApp(appFolder: string, userData: string): Promise<ElectronApplication> {
  const { executablePath, args } = readElectron();
  return launch(executablePath, [...args, userDataIn(userData), appFolder]);
}

function launch(executablePath: string, args: string[]): Promise<ElectronApplication> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return _electron.launch({
    executablePath,
    args,
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
  });
}

function userDataIn(folder: string): string {
  return `--user-data-dir=${folder}`;
}
