import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const script = readFileSync(fileURLToPath(new URL('../fixtures/windows/raw-port.js', import.meta.url)), 'utf8');

/** Gives a page `RawPort`, with which it says over a port of its own what no link would. */
export async function allowRawPorts(page: Page): Promise<void> {
  await page.evaluate(`(() => { ${script} })()`);
}
