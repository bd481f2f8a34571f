import { parseArgs } from 'node:util';

/** @typedef {{ readonly [name: string]: string | boolean | undefined | (string | boolean)[] }} Values */

/**
 * Reads `--name value` pairs and `--flag`s.
 *
 * @param {string[]} args
 * @param {{ names: readonly string[], flags?: readonly string[] }} known
 * @returns {Values}
 * @throws TypeError on an unknown option
 */
export function readOptions(args, { names, flags = [] }) {
  const options = Object.fromEntries([
    ...names.map((name) => [name, { type: /** @type {const} */ ('string') }]),
    ...flags.map((flag) => [flag, { type: /** @type {const} */ ('boolean') }]),
  ]);
  return parseArgs({ args, options }).values;
}

/**
 * @param {Values} values
 * @param {string} name
 * @returns {number | null} null where it isn't given.
 */
export function readNumber(values, name) {
  const text = values[name];
  if (text === undefined) return null;
  const number = Number(text);
  if (!(number >= 0)) throw new TypeError(`--${name} must be a number from 0 on, not '${String(text)}'.`);
  return number;
}

/** A seed that no run had before, short enough to be typed again. */
export function createSeed() {
  return Math.floor(Math.random() * 1_000_000);
}
