import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_FOLDER } from '#launch';
import type { ElectronApplication, Page } from '@playwright/test';
import { build } from 'rolldown';
import { bundleForPage } from '../../shared/test/support/page-bundle.ts';
import { inMain } from './window-pages.ts';

const entry = 'test/type-rows/end.ts';

/** Adds `typeRows` to a page, which sends a value of every row of the table of types. */
export async function loadRowsInPage(page: Page): Promise<void> {
  await page.evaluate(`${await bundleForPage(entry, 'iife')}; globalThis.typeRows = exported.end;`);
}

/** Adds the same to the main process. @param folder Folder for its script. */
export async function loadRowsInMain(app: ElectronApplication, folder: string): Promise<void> {
  const file = join(folder, 'type-rows.mjs');
  await build({ cwd: join(PROJECT_FOLDER, 'shared'), input: entry, platform: 'node', output: { file, format: 'esm' } });
  await inMain(app, `globalThis.typeRows = (await load('${pathToFileURL(file).href}')).end;`);
}
