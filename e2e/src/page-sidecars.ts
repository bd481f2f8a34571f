import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from '@playwright/test';

const script = readFileSync(createRequire(import.meta.url).resolve('@ipc-link/shared/window/global'), 'utf8');

/** Gives a document `window.sidecars`, as the package's script for pages without a bundler does. */
export async function connectPage(page: Page | Frame): Promise<void> {
  await page.waitForLoadState();
  await page.evaluate(script);
}
