import { sep } from 'node:path';
import { engineMissingError } from '../errors.ts';

/**
 * Path of the ripgrep binary for this system in the package `@vscode/ripgrep`.
 *
 * @throws FilesError `ERR_SEARCH_ENGINE` where the package has none.
 */
export async function locateEngine(): Promise<string> {
  try {
    const { rgPath } = await import('@vscode/ripgrep');
    // Electron reads files inside an asar archive, but only a program outside it can be started; see electron-builder.yml.
    return rgPath.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  } catch (error) {
    throw engineMissingError(error);
  }
}
