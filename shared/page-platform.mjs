import { fileURLToPath } from 'node:url';

const page = new URL('src/platform/page.ts', import.meta.url);

/**
 * A plugin for rolldown: what is bundled for a page gets the platform of a page.
 *
 * @type {import('rolldown').Plugin}
 */
export const pagePlatform = {
  name: 'page-platform',
  resolveId: { filter: { id: /\/platform\/node\.ts$/ }, handler: () => fileURLToPath(page) },
};
