import { resolve } from 'node:path';
import { build } from 'rolldown';
import { pagePlatform } from '../../page-platform.mjs';

const shared = resolve(import.meta.dirname, '../..');

/**
 * Bundles an entry, given by its path in shared, as `bundle.mjs` does for pages.
 *
 * @param format `iife` is a script that leaves its exports in a variable `exported`.
 */
export async function bundleForPage(entry: string, format: 'esm' | 'iife'): Promise<string> {
  const { output } = await build({
    cwd: shared,
    input: entry,
    platform: 'browser',
    plugins: [pagePlatform],
    output: { format, name: 'exported' },
    write: false,
  });
  const [chunk, ...others] = output;
  if (others.length > 0) throw new Error(`More than one file came out of ${entry}.`);
  return chunk.code;
}
