import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_FOLDER } from '#launch';
import type { ElectronApplication, Page } from '@playwright/test';
import { build } from 'rolldown';
import { bundleForPage } from '../../shared/test/support/page-bundle.ts';
import { inMain } from './window-pages.ts';

const entry = 'test/type-rows/end.ts';

/** Gives a page `typeRows`, which sends a value of every row of the table of types. */
export async function loadRowsInPage(page: Page): Promise<void> {
  await page.evaluate(`${await bundleForPage(entry, 'iife')}; globalThis.typeRows = exported.end;`);
}

/** Gives the main process the same. @param folder Where a file for it may be. */
export async function loadRowsInMain(app: ElectronApplication, folder: string): Promise<void> {
  const file = join(folder, 'type-rows.mjs');
  await build({ cwd: join(PROJECT_FOLDER, 'shared'), input: entry, platform: 'node', output: { file, format: 'esm' } });
  await inMain(app, `globalThis.typeRows = (await load('${pathToFileURL(file).href}')).end;`);
}
