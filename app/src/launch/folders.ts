import { join } from 'node:path';

/** The `app` workspace: what Electron is given to load. The same from `src/launch` and from `dist/launch`. */
export const APP_FOLDER: string = join(import.meta.dirname, '../..');

/** The repository. */
export const PROJECT_FOLDER: string = join(APP_FOLDER, '..');
