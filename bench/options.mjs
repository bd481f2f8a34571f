import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * @typedef {object} Options
 * @property {boolean} isHelp
 * @property {boolean} isQuick Fewer rounds, nothing that no budget needs, and no file tasks and no app unless `only` names them.
 * @property {boolean} hasElectron Whether the rows that need Electron are measured.
 * @property {string | null} compare Another built copy of the project to measure beside this one.
 * @property {readonly string[] | null} only Ids of the peers to measure; null is all.
 * @property {boolean} hasFiles Whether the file tasks are measured.
 * @property {boolean} hasApp Whether the desktop app is measured.
 * @property {boolean} isWritten Whether the figures go into docs/.
 */

export const USAGE = `npm run bench -- [--quick] [--no-electron] [--no-files] [--only bare,ipc-link,...] [--compare FOLDER] [--dry]

  --quick           under two minutes: fewer rounds, only what a budget needs, no checksums, searches and desktop app; only prints
  --no-electron     leaves out the rows that need Electron
  --no-files        leaves out checksums and searches
  --only IDS        measures these peers alone, or the groups of these names: files, app and nats are such
  --compare FOLDER  measures another built copy of the project beside this one
  --dry             prints the figures without writing them into docs/, as --quick and --only do
`;

/** @param {string[]} args @returns {Options} @throws TypeError on an unknown option */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      'no-electron': { type: 'boolean', default: false },
      'no-files': { type: 'boolean', default: false },
      only: { type: 'string' },
      compare: { type: 'string' },
      dry: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',') ?? null;
  return {
    isHelp: values.help,
    isQuick: values.quick,
    hasElectron: !values['no-electron'],
    compare: values.compare === undefined ? null : resolve(values.compare),
    only,
    hasFiles: !values['no-files'] && (only === null ? !values.quick : only.includes('files')),
    hasApp: !values['no-electron'] && (only === null ? !values.quick : only.includes('app')),
    isWritten: !values.dry && !values.quick && values.only === undefined && values.compare === undefined,
  };
}
