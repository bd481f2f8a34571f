import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What an unpacked Electron has besides itself: its default app, and what belongs to where it was unpacked from. */
const unneeded = ['resources/default_app.asar', 'resources/app', 'version', 'package.json', 'inventory.json'];

/** Called by electron-builder when Electron is in place and the app is not. @param {{ appOutDir: string }} context */
export default async function afterExtract({ appOutDir }) {
  await Promise.all(unneeded.map((path) => rm(join(appOutDir, path), { recursive: true, force: true })));
}
