import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const script = readFileSync(fileURLToPath(new URL('../fixtures/windows/raw-port.js', import.meta.url)), 'utf8');

/** Adds the class `RawPort` to a page, which sends frames over a port of its own that no link sends. */
export async function allowRawPorts(page: Page): Promise<void> {
  await page.evaluate(`(() => { ${script} })()`);
}
