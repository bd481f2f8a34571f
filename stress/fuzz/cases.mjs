import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** @typedef {import('../types.d.ts').Case} Case */

const folder = new URL('../cases/', import.meta.url);

/** Everything that was ever found, replayed at the start of each run. @returns {Case[]} */
export function loadCases() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}

/** Keeps a case for all runs to come, unless it is kept already. @param {Case} found @returns {string} Where it is. */
export function saveCase(found) {
  const known = loadCases().find(({ name }) => name === found.name);
  if (known !== undefined) return 'known already';
  const text = `${JSON.stringify(found, null, 2)}\n`;
  const name = `found-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
  writeFileSync(new URL(name, folder), text);
  return `kept as stress/cases/${name}`;
}
