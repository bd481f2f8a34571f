import { samplesOf } from '../run/samples.mjs';
import { spreadOf } from '../statistics.mjs';
import { createBars } from './chart-bars.mjs';
import { escapeText, STYLE } from './chart-style.mjs';
import { echoColumns } from './columns.mjs';

/** @typedef {import('../types.d.ts').Report} Report */
/** @typedef {Report['peers'][number]} ShownPeer */

const SHOWN_FIGURES = ['p50Us', 'perSecond', 'megabytesPerSecond'];
const MARGIN = 24;
const LABEL_WIDTH = 232;
const COLUMN_WIDTH = 204;
const COLUMN_GAP = 20;
const ROW_HEIGHT = 26;
const HEAD_HEIGHT = 122;
const GROUP_HEIGHT = 34;

/**
 * The chart of the docs: a row for each peer, a column of bars for each workload on one core. Drawn for light and dark.
 *
 * @param {Report} report
 * @returns {string} SVG
 */
export function drawChart(report) {
  const columns = echoColumns.filter(
    ({ workload, figure }) => SHOWN_FIGURES.includes(figure) && workload !== 'sixtyFourMebibytes',
  );
  const rows = layOutRows(report);
  const last = rows.at(-1);
  const width = 2 * MARGIN + LABEL_WIDTH + columns.length * (COLUMN_WIDTH + COLUMN_GAP) - COLUMN_GAP;
  const height = (last === undefined ? HEAD_HEIGHT : last.y + ROW_HEIGHT) + MARGIN;
  const parts = [
    ...drawHead(report),
    ...rows.flatMap(drawLabel),
    ...columns.flatMap((column, index) => {
      const x = MARGIN + LABEL_WIDTH + index * (COLUMN_WIDTH + COLUMN_GAP);
      const bars = rows.flatMap(({ peer, y }) => {
        const spread = peer === null ? null : spreadIn(report, column, peer);
        return spread === null || peer === null ? [] : [{ y, spread, isOurs: peer.id.startsWith('ipc-link') }];
      });
      return createBars(column, bars, { x, width: COLUMN_WIDTH, headY: HEAD_HEIGHT - 30, rowHeight: ROW_HEIGHT });
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    STYLE,
    `<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** Peers one under the other, those in Electron as a group of their own. @param {Report} report */
function layOutRows(report) {
  /** @type {{ readonly peer: ShownPeer | null, readonly title: string, readonly y: number }[]} */
  const rows = [];
  let y = HEAD_HEIGHT;
  for (const place of ['node', 'electron']) {
    const group = report.peers.filter((peer) => peer.place === place && isMeasured(report, peer));
    if (group.length === 0) continue;
    if (place === 'electron') {
      rows.push({ peer: null, title: 'inside Electron', y: y + GROUP_HEIGHT - ROW_HEIGHT });
      y += GROUP_HEIGHT;
    }
    for (const peer of group) {
      rows.push({ peer, title: peer.title.replace(/, in Electron$/, ''), y });
      y += ROW_HEIGHT;
    }
  }
  return rows;
}

/** @param {Report} report */
function drawHead({ machine, date }) {
  const where = machine.isPinned ? 'both processes on one core' : 'on all cores';
  const line = `Medians of interleaved rounds, ${where}; thin lines span the middle half. ${machine.cpu}, Node ${machine.node}, ${date}.`;
  return [
    `<text id="title" class="title" x="${MARGIN}" y="38">ipc-link and its peers</text>`,
    `<text class="note" x="${MARGIN}" y="58">${escapeText(line)}</text>`,
  ];
}

/** @param {{ readonly peer: ShownPeer | null, readonly title: string, readonly y: number }} row */
function drawLabel({ peer, title, y }) {
  const kind = peer === null ? 'group' : peer.id.startsWith('ipc-link') ? 'label ours' : 'label';
  return [`<text class="${kind}" x="${MARGIN}" y="${y + 17}">${escapeText(title)}</text>`];
}

/** @param {Report} report @param {ShownPeer} peer */
function isMeasured(report, peer) {
  return echoColumns.some((column) => spreadIn(report, column, peer) !== null);
}

/** @param {Report} report @param {import('./columns.mjs').Column} column @param {ShownPeer} peer */
function spreadIn({ samples }, { workload, figure }, { id }) {
  return spreadOf(samplesOf(samples, 'pinned', { workload, figure, peer: id }));
}
