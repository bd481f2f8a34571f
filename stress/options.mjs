import { parseArgs } from 'node:util';

/** @typedef {{ readonly [name: string]: string | undefined }} Values */

/**
 * Reads `--name value` pairs.
 *
 * @param {string[]} args
 * @param {readonly string[]} names
 * @returns {Values}
 * @throws TypeError on an unknown option
 */
export function readOptions(args, names) {
  const options = Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ('string') }]));
  return parseArgs({ args, options }).values;
}

/**
 * @param {Values} values
 * @param {string} name
 * @param {number} fallback
 */
export function readNumber(values, name, fallback) {
  const text = values[name];
  const number = text === undefined ? fallback : Number(text);
  if (!(number >= 0)) throw new TypeError(`--${name} must be a number from 0 on, not '${text}'.`);
  return number;
}

/** A seed that no run had before, short enough to be typed again. */
export function createSeed() {
  return Math.floor(Math.random() * 1_000_000);
}
