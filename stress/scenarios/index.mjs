import { UsageError } from '../options.mjs';
import { runInElectron } from '../process/electron.mjs';
import * as connections from './connections.mjs';
import * as crowd from './crowd.mjs';
import * as electronKill from './electron-kill.mjs';
import * as hostCrash from './host-crash.mjs';
import * as hostCycles from './host-cycles.mjs';
import * as hostKill from './host-kill.mjs';
import * as hostLogs from './host-logs.mjs';
import * as hostStrangers from './host-strangers.mjs';
import * as hostTrouble from './host-trouble.mjs';
import * as inFlight from './in-flight.mjs';
import * as largeBody from './large-body.mjs';
import * as manyCalls from './many-calls.mjs';
import * as nats from './nats.mjs';
import * as python from './python.mjs';
import * as signals from './signals.mjs';
import * as storm from './storm.mjs';
import * as unread from './unread.mjs';

/** @typedef {import('../types.d.ts').Scenario} Scenario */

/** @type {Readonly<Record<string, Scenario>>} */
const scenarios = {
  storm,
  connections,
  crowd,
  signals,
  'in-flight': inFlight,
  'large-body': largeBody,
  'many-calls': manyCalls,
  unread,
  python,
  'host-crash': hostCrash,
  'host-kill': hostKill,
  'host-trouble': hostTrouble,
  'host-cycles': hostCycles,
  'host-logs': hostLogs,
  'host-strangers': hostStrangers,
  nats,
  'electron-crash': inElectron('host-crash', hostCrash),
  'electron-kill': electronKill,
  'electron-trouble': inElectron('host-trouble', hostTrouble),
  'electron-cycles': inElectron('host-cycles', hostCycles),
  'electron-logs': inElectron('host-logs', hostLogs),
};

/** Names of groups of scenarios. @type {Readonly<Record<string, readonly string[]>>} */
const groups = {
  link: ['in-flight', 'large-body', 'unread', 'python', 'connections', 'crowd', 'signals', 'storm'],
  host: ['host-crash', 'host-kill', 'host-trouble', 'host-cycles', 'host-logs', 'host-strangers'],
  electron: ['electron-crash', 'electron-kill', 'electron-trouble', 'electron-cycles', 'electron-logs'],
};

/** @param {string} names Separated by commas. @returns {[string, Scenario][]} @throws UsageError on an unknown name */
export function findScenarios(names) {
  return names.split(',').flatMap((name) =>
    (groups[name] ?? [name]).map((member) => {
      const scenario = scenarios[member];
      if (scenario !== undefined) return /** @type {[string, Scenario]} */ ([member, scenario]);
      throw new UsageError(
        `--scenario: there is no '${name}', only ${Object.keys({ ...groups, ...scenarios }).join(', ')}.`,
      );
    }),
  );
}

/** Describes each scenario and the names of groups, for the usage. */
export function describeScenarios() {
  const width = Math.max(...Object.keys(scenarios).map(({ length }) => length)) + 2;
  const each = Object.entries(scenarios).map(([name, { about }]) => `  ${name.padEnd(width)}${about}`);
  const several = Object.entries(groups).map(([name, members]) => `  ${name.padEnd(width)}${members.join(', ')}`);
  return ['Scenarios:', ...each, '', 'Several at once:', ...several].join('\n');
}

/**
 * Returns the same scenario with its hosts in the main process of a real Electron.
 *
 * @param {string} name
 * @param {Scenario & { readonly turns: number }} scenario
 * @returns {Scenario}
 */
function inElectron(name, { turns }) {
  return { about: `${name}, in a real Electron`, turns, run: (context) => runInElectron(name, context) };
}
