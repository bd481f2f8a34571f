import { parseArgs } from 'node:util';

/** @typedef {{ readonly [name: string]: string | boolean | undefined | (string | boolean)[] }} Values */

/** The arguments of the command are wrong. */
export class UsageError extends Error {}

/**
 * Runs a command with its `--name value` pairs and `--flag`s. With `--help` it prints the usage instead. Wrong arguments are
 * reported, and end the process with code 2.
 *
 * @param {{ usage: string, names: readonly string[], flags?: readonly string[] }} known
 * @param {(values: Values) => Promise<void>} run
 */
export async function runCommand({ usage, names, flags = [] }, run) {
  try {
    const values = readOptions(process.argv.slice(2), { names, flags: [...flags, 'help'] });
    if (values['help'] === true) console.log(usage);
    else await run(values);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}

/**
 * @param {string[]} args
 * @param {{ names: readonly string[], flags: readonly string[] }} known
 * @returns {Values}
 */
function readOptions(args, { names, flags }) {
  const options = Object.fromEntries([
    ...names.map((name) => [name, { type: /** @type {const} */ ('string') }]),
    ...flags.map((flag) => [flag, { type: /** @type {const} */ ('boolean') }]),
  ]);
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * @param {Values} values
 * @param {string} name
 * @returns {number | null} null where the option isn't given.
 * @throws UsageError
 */
export function readNumber(values, name) {
  const text = values[name];
  if (text === undefined) return null;
  const number = Number(text);
  if (!(number >= 0)) throw new UsageError(`--${name} must be a number from 0 on, not '${String(text)}'.`);
  return number;
}

/** Creates a random seed that is short enough to be typed. */
export function createSeed() {
  return Math.floor(Math.random() * 1_000_000);
}
