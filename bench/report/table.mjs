import { samplesOf } from '../run/samples.mjs';
import { spreadOf } from '../statistics.mjs';
import { formatNumber, formatSpread } from './format.mjs';
import { echoColumns, processColumns, windowColumns } from './columns.mjs';

/** @typedef {import('../types.d.ts').Report} Report */

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} head
 * @property {readonly (readonly string[])[]} rows
 */

/** The tables of a report, as text. Cells are medians, with the quartiles behind. @param {Report} report @returns {Table[]} */
export function createTables(report) {
  const tables = [
    createBudgetTable(report),
    createPeerTable(report, { title: pinnedTitle(report), mode: 'pinned', columns: echoColumns }),
    createPeerTable(report, { title: 'On all cores', mode: 'unpinned', columns: echoColumns }),
    createPeerTable(report, { title: 'Windows, one core', mode: 'pinned', columns: windowColumns }),
    createPeerTable(report, { title: 'Windows, all cores', mode: 'unpinned', columns: windowColumns }),
    createPeerTable(report, { title: 'Sidecars, one core', mode: 'pinned', columns: processColumns }),
    createPeerTable(report, { title: 'Sidecars, all cores', mode: 'unpinned', columns: processColumns }),
    createFilesTable(report),
    createAppTable(report),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** @param {Report} report */
function pinnedTitle({ machine }) {
  return machine.isPinned ? 'Both processes on one core' : 'On all cores, first pass (nothing could be pinned)';
}

/** @param {Report} report @returns {Table} */
function createBudgetTable({ budgets }) {
  const rows = budgets.map(({ work, promise, measured, unit, isMet }) => [
    work,
    promise,
    measured === null ? 'not measured' : `${formatNumber(measured.median)} ${unit} ${formatSpread(measured)}`,
    isMet === null ? '–' : isMet ? 'met' : 'missed',
  ]);
  return { title: 'Budgets', head: ['work', 'budget', 'measured', ''], rows };
}

/** @param {Report} report @returns {Table} */
function createFilesTable({ files }) {
  const rows = files.flatMap(({ title, times }) =>
    times.map((each) => {
      const spread = spreadOf(each.milliseconds);
      return [title, each.title, spread === null ? '–' : `${formatNumber(spread.median)} ${formatSpread(spread)}`];
    }),
  );
  return { title: 'Files', head: ['work', 'by', 'ms'], rows };
}

/** @param {Report} report @returns {Table} */
function createAppTable({ app }) {
  const rows = app.map(({ title, unit, values }) => {
    const spread = spreadOf(values);
    return [title, spread === null ? '–' : `${formatNumber(spread.median)} ${unit} ${formatSpread(spread)}`];
  });
  return { title: 'The desktop app', head: ['', 'measured'], rows };
}

/**
 * @param {Report} report
 * @param {{ readonly title: string, readonly mode: import('../types.d.ts').Mode, readonly columns: readonly import('./columns.mjs').Column[] }} what
 * @returns {Table}
 */
function createPeerTable({ samples, peers }, { title, mode, columns }) {
  const spreadIn = (/** @type {string} */ peer, /** @type {import('./columns.mjs').Column} */ { workload, figure }) =>
    spreadOf(samplesOf(samples, mode, { workload, figure, peer }));
  const shown = columns.filter((column) => peers.some(({ id }) => spreadIn(id, column) !== null));
  const rows = peers.flatMap((peer) => {
    const spreads = shown.map((column) => spreadIn(peer.id, column));
    if (spreads.every((spread) => spread === null)) return [];
    const cells = spreads.map((spread) =>
      spread === null ? '–' : `${formatNumber(spread.median)} ${formatSpread(spread)}`,
    );
    return [[peer.title, ...cells]];
  });
  return { title, head: ['', ...shown.map((column) => column.title)], rows };
}
