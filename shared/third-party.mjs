import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * A plugin for rolldown: writes beside the bundle which packages of others it holds, with what npm installed them by, and their licences.
 *
 * @type {import('rolldown').Plugin}
 */
export const thirdParty = {
  name: 'third-party',
  generateBundle(_, output) {
    const modules = Object.values(output).flatMap((file) => (isPublished(file) ? file.moduleIds : []));
    const packages = [...new Set(modules.flatMap(packageOf))].toSorted().map(describePackage);
    const list = packages.map(({ text: _text, ...rest }) => rest);
    const texts = packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}`);
    this.emitFile({ type: 'asset', fileName: 'third-party.json', source: `${JSON.stringify(list, null, 2)}\n` });
    this.emitFile({ type: 'asset', fileName: 'third-party-licenses.txt', source: texts.join('\n\n') });
  },
};

/**
 * Whether it is a chunk of the published package, without the app's own contracts.
 *
 * @param {import('rolldown').OutputAsset | import('rolldown').OutputChunk} file @returns {file is import('rolldown').OutputChunk}
 */
function isPublished(file) {
  return file.type === 'chunk' && !file.fileName.startsWith('contracts/');
}

/** @param {string} module */
function packageOf(module) {
  const name = /^[^\0].*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll('\\', '/'))?.[1];
  return name === undefined ? [] : [name];
}

/** @param {string} name */
function describePackage(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence beside it: it can't be bundled.`);
  const { integrity } = packages[`node_modules/${name}`];
  return { name, version, license, integrity, text: `${readFileSync(join(folder, file), 'utf8').trim()}\n` };
}
