import { join } from 'node:path';

/** Path of the folder `app`. The relative path to it is the same from `src/launch` and from `dist/launch`. */
export const APP_FOLDER: string = join(import.meta.dirname, '../..');

/** Path of the desktop app's main module, with which Electron is started. */
export const APP_MAIN: string = join(APP_FOLDER, 'out/main/index.js');

/** Path of the repository. */
export const PROJECT_FOLDER: string = join(APP_FOLDER, '..');
