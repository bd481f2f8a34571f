import * as storm from './storm.mjs';

/** @typedef {import('../types.d.ts').Scenario} Scenario */

/** @type {Readonly<Record<string, Scenario>>} */
const scenarios = { storm };

/** Names for several at once. @type {Readonly<Record<string, readonly string[]>>} */
const groups = { link: ['storm'] };

/** @param {string} names Separated by commas. @returns {[string, Scenario][]} @throws TypeError on an unknown name */
export function findScenarios(names) {
  return names.split(',').flatMap((name) =>
    (groups[name] ?? [name]).map((member) => {
      const scenario = scenarios[member];
      if (scenario !== undefined) return /** @type {[string, Scenario]} */ ([member, scenario]);
      throw new TypeError(
        `--scenario: there is no '${name}', only ${Object.keys({ ...groups, ...scenarios }).join(', ')}.`,
      );
    }),
  );
}
