import { sep } from 'node:path';
import { engineMissingError } from '../errors.ts';

/**
 * Path of the ripgrep that the package `@vscode/ripgrep` brings for this system.
 *
 * @throws FilesError `ERR_SEARCH_ENGINE` where it brings none.
 */
export async function locateEngine(): Promise<string> {
  try {
    const { rgPath } = await import('@vscode/ripgrep');
    // Electron shows what is in an archive, but a program can only be started from outside it; see electron-builder.yml.
    return rgPath.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  } catch (error) {
    throw engineMissingError(error);
  }
}
