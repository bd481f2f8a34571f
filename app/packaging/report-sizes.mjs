import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import { getRawHeader } from '@electron/asar';

const LARGEST = 8;

/**
 * Describes what electron-builder has made: the size of each installer, and of each app its total and its largest parts.
 *
 * @param {string} output electron-builder's output folder
 */
export function reportSizes(output) {
  const made = readdirSync(output, { withFileTypes: true }).filter(({ name }) => extname(name) !== '.yml');
  return made
    .map((entry) => {
      const path = join(output, entry.name);
      if (!entry.isDirectory()) return line(statSync(path).size, entry.name);
      const parts = filesIn(path).map((file) => ({ name: relative(path, file), size: statSync(file).size }));
      return [
        line(sum(parts), `${entry.name}, of which`),
        ...largest(parts),
        ...parts
          .filter(({ name }) => basename(name) === 'app.asar')
          .flatMap(({ name, size }) => [line(size, `${name}, of which`), ...largest(packedParts(join(path, name)))]),
      ].join('');
    })
    .join('');
}

/** The sizes of what an archive holds, by its first two folders. @param {string} archive */
function packedParts(archive) {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  /** @type {(node: any, path: string[]) => void} */
  const visit = (node, path) => {
    for (const [name, entry] of Object.entries(node.files)) {
      if (entry.files) visit(entry, [...path, name]);
      else if (!entry.unpacked) {
        const part = [...path, name].slice(0, path[1]?.startsWith('@') ? 3 : 2).join('/');
        sizes.set(part, (sizes.get(part) ?? 0) + (entry.size ?? 0));
      }
    }
  };
  visit(getRawHeader(archive).header, []);
  return [...sizes].map(([name, size]) => ({ name, size }));
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}

/** @param {readonly { name: string, size: number }[]} parts */
function largest(parts) {
  return parts
    .toSorted((a, b) => b.size - a.size)
    .slice(0, LARGEST)
    .map(({ name, size }) => line(size, `  ${name.replaceAll(sep, '/')}`));
}

/** @param {readonly { size: number }[]} parts */
function sum(parts) {
  return parts.reduce((total, { size }) => total + size, 0);
}

/** @param {number} size @param {string} text */
function line(size, text) {
  return `${(size / 1_000_000).toFixed(1).padStart(8)} MB  ${text}\n`;
}
