import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** @typedef {import('../types.d.ts').Case} Case */

const folder = new URL('../cases/', import.meta.url);

/** All cases that were ever found. Each run begins with them. @returns {Case[]} */
export function loadCases() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}

/** Saves a case for all later runs, unless it is already saved. @param {Case} found @returns {string} Path of its file. */
export function saveCase(found) {
  const known = loadCases().find(({ name }) => name === found.name);
  if (known !== undefined) return 'known already';
  const text = `${JSON.stringify(found, null, 2)}\n`;
  const name = `found-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
  writeFileSync(new URL(name, folder), text);
  return `kept as stress/cases/${name}`;
}
