import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const script = readFileSync(createRequire(import.meta.url).resolve('@ipc-link/shared/window/global'), 'utf8');

/** Gives a page's document `window.sidecars`, as the package's script for pages without a bundler does. */
export async function connectPage(page: Page): Promise<void> {
  await page.waitForLoadState();
  await page.evaluate(script);
}
