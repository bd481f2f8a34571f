import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Replaces an Electron's `resources` by a default app. Like the one of a stock Electron, it loads the app whose path is in argv.
 * It is an ES module that awaits the app's main module: Electron emits `ready` only after that, so that the app can do first
 * what has to be done before `ready`.
 */
export async function installDefaultApp(electronFolder: string): Promise<void> {
  const resources = join(electronFolder, 'resources');
  await rm(resources, { recursive: true, force: true });
  const folder = join(resources, 'app');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), PACKAGE);
  await writeFile(join(folder, 'index.js'), DEFAULT_APP);
}

const PACKAGE = `${JSON.stringify({ name: 'electron', type: 'module', main: 'index.js' })}\n`;

/** The source of the default app. */
export const DEFAULT_APP = `import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
try {
  if (given === undefined) throw new Error('Give the path of an app: electron PATH');
  const main = createRequire(import.meta.url).resolve(resolve(given));
  const manifest = join(resolve(given), 'package.json');
  const { productName, name, version } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  if (productName ?? name) app.setName(productName ?? name);
  if (version) app.setVersion(version);
  app.setAppPath(existsSync(manifest) ? resolve(given) : dirname(main));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  await import(pathToFileURL(main).href);
} catch (error) {
  console.error(error);
  app.exit(1);
}
`;
