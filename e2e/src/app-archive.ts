import { cp, mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { createPackage } from '@electron/asar';

/** What an app of ours loads at run time, besides the package itself; its contracts here need no validator. */
const dependencies = [
  'easy-stack',
  'event-pubsub',
  'js-message',
  'js-queue',
  'node-ipc',
  'strong-type',
  '@standard-schema/spec',
];

/** Packs an app with all that it loads into an archive, as electron-builder does. @returns The archive's path. */
export async function packApp(appFolder: string, { into }: { readonly into: string }): Promise<string> {
  const staged = join(into, 'app');
  await cp(appFolder, staged, { recursive: true });
  const copy = async (from: string, name: string): Promise<void> => {
    const to = join(staged, 'node_modules', name);
    await mkdir(join(to, '..'), { recursive: true });
    await cp(join(PROJECT_FOLDER, from), to, { recursive: true, filter: isLoaded });
  };
  await copy('package.json', 'ipc-link/package.json');
  for (const folder of ['app/dist', 'shared/bundle', 'sidecar/dist']) await copy(folder, `ipc-link/${folder}`);
  for (const name of dependencies) await copy(`node_modules/${name}`, name);
  const archive = join(into, 'app.asar');
  await createPackage(staged, archive);
  return archive;
}

/** No source maps, declarations and sources: the archive is made in half the time. */
function isLoaded(path: string): boolean {
  return ['', '.js', '.cjs', '.mjs', '.json', '.html', '.css'].includes(extname(path));
}
