import { join } from 'node:path';

/** The folder `app`. The same from `src/launch` and from `dist/launch`. */
export const APP_FOLDER: string = join(import.meta.dirname, '../..');

/** The desktop app's main module, which Electron is given to load. Its package is the repository. */
export const APP_MAIN: string = join(APP_FOLDER, 'out/main/index.js');

/** The repository. */
export const PROJECT_FOLDER: string = join(APP_FOLDER, '..');
