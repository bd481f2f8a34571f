import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { readElectron, test as base } from './electron-test.ts';

interface Fixtures {
  /** Starts an app that isn't ours, by the folder of its package.json; it ends with the test. @returns Its window. */
  readonly openApp: (appFolder: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  openApp: async ({ folder }, use) => {
    const apps: ElectronApplication[] = [];
    await use(async (appFolder) => {
      const { executablePath, args } = readElectron();
      const userData = `--user-data-dir=${join(folder, '.user-data')}`;
      const app = await _electron.launch({ executablePath, args: [...args, userData, appFolder], env: environment() });
      apps.push(app);
      return app.firstWindow();
    });
    for (const app of apps) await app.close();
  },
});

export { expect } from '@playwright/test';

function environment(): Record<string, string> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)]));
}
