import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { readElectron, test as base } from './electron-test.ts';

interface Fixtures {
  /** Starts an app by the folder of its package.json. The app ends with the test. @returns Its window. */
  readonly openApp: (appFolder: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  openApp: async ({ folder }, use) => {
    const apps: ElectronApplication[] = [];
    await use(async (appFolder) => {
      const app = await launchApp(appFolder, join(folder, '.user-data'));
      apps.push(app);
      return app.firstWindow();
    });
    for (const app of apps) await app.close();
  },
});

export { expect } from '@playwright/test';

/** Starts an app by the folder of its package.json. */
export function launchApp(appFolder: string, userData: string): Promise<ElectronApplication> {
  const { executablePath, args } = readElectron();
  const { NODE_OPTIONS: _, ...env } = process.env;
  return _electron.launch({
    executablePath,
    args: [...args, `--user-data-dir=${userData}`, appFolder],
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
  });
}
