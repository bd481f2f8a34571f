import { pathToFileURL } from 'node:url';

const OWN = new URL('../../../', import.meta.url);

/**
 * Imports a module of this project, or of another built copy of it.
 *
 * @param {string | undefined} build The other copy's folder.
 * @param {string} module
 */
export function importBuild(build, module) {
  return import(new URL(module, build === undefined ? OWN : pathToFileURL(`${build}/`)).href);
}
