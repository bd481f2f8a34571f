import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstHit, hashers, searchers } from './contenders.mjs';

/**
 * @typedef {object} Work
 * @property {string} title
 * @property {readonly import('./contenders.mjs').Contender[]} contenders
 * @property {number} share Of the rounds: long ones are run less often.
 */

/** A tree that every checkout has, of some ten thousand files. */
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const TEN_MILLION = 10_000_000;
const MANY_FILES = 100_000;
const FILES_A_FOLDER = 500;

/** @param {string} folder An empty one, for the trees that are made. @returns {readonly Work[]} */
export function createWorks(folder) {
  const search = (/** @type {string} */ pattern, regex = false) => searchers({ root: MODULES, pattern, regex });
  return [
    { title: 'a rare literal', contenders: search('a text that hardly any file has'), share: 1 },
    { title: 'a common literal', contenders: search('prototype'), share: 1 },
    { title: 'a regular expression', contenders: search('[A-Z][a-z]+Error\\(', true), share: 1 },
    {
      title: 'ten million hits',
      contenders: searchers({ root: makeManyHits(folder), pattern: 'needle', regex: false }).filter(
        ({ id }) => id !== 'ipc-link-values',
      ),
      share: 0.4,
    },
    { title: 'the first of 100,000 files', contenders: firstHit(makeManyFiles(folder), 'needle'), share: 1 },
    { title: 'checksums', contenders: hashers(MODULES), share: 0.6 },
  ];
}

/** @param {string} folder */
function makeManyHits(folder) {
  const root = join(folder, 'hits');
  mkdirSync(root);
  writeFileSync(join(root, 'lines'), 'a needle here\n'.repeat(TEN_MILLION));
  return root;
}

/** @param {string} folder */
function makeManyFiles(folder) {
  const root = join(folder, 'files');
  for (let file = 0; file < MANY_FILES; file += 1) {
    const place = join(root, `${Math.floor(file / FILES_A_FOLDER)}`);
    if (file % FILES_A_FOLDER === 0) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${file}.txt`), file % 10 === 0 ? 'a needle\n' : 'nothing\n');
  }
  return root;
}
