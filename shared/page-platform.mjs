import { fileURLToPath } from 'node:url';

/** Modules that a page has another of, by the end of their path. */
const twins = new Map([
  ['platform/node.ts', 'platform/page.ts'],
  ['platform/events.ts', 'platform/page-events.ts'],
  ['transport/default.ts', 'transport/page-default.ts'],
  ['link/observer.ts', 'link/page-observer.ts'],
]);

/**
 * A plugin for rolldown: what is bundled for a page gets the platform of a page.
 *
 * @type {import('rolldown').Plugin}
 */
export const pagePlatform = {
  name: 'page-platform',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const id = found?.id.replaceAll('\\', '/');
    for (const [path, twin] of twins)
      if (id?.endsWith(`/src/${path}`)) return fileURLToPath(new URL(`src/${twin}`, import.meta.url));
    return found;
  },
};
