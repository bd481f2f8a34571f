import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from '@playwright/test';

/** The package's script for pages without a bundler. */
export const pageScript = readFileSync(createRequire(import.meta.url).resolve('ipc-link/window/global'), 'utf8');

/** Gives a document `window.sidecars`, as that script does. */
export async function connectPage(page: Page | Frame): Promise<void> {
  await page.waitForLoadState();
  await page.evaluate(pageScript);
}
