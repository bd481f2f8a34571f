import { describeRun } from './describe-run.mjs';
import { createTables } from './table.mjs';

const START = '<!-- bench:start: written by npm run bench, not by hand -->';
const END = '<!-- bench:end -->';

/**
 * Puts a report into a document, between its two markers.
 *
 * @param {string} document
 * @param {import('../types.d.ts').Report} report
 * @throws Error when the document has no markers
 */
export function insertReport(document, report) {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The document needs the lines ${START} and ${END}.`);
  return `${document.slice(0, start)}${START}\n\n${toMarkdown(report)}\n\n${document.slice(end)}`;
}

/** @param {import('../types.d.ts').Report} report */
function toMarkdown(report) {
  const tables = createTables(report).map(({ title, head, rows }) => {
    const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
    return `## ${title}\n\n${[head, rule, ...rows].map(toRow).join('\n')}`;
  });
  const run = describeRun(report).map((line) => `- ${line}`);
  return [...tables, '## The run', run.join('\n')].join('\n\n');
}

/** @param {readonly string[]} cells */
function toRow(cells) {
  return `| ${cells.map((cell) => emphasise(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** @param {string} cell */
function emphasise(cell) {
  return cell === 'missed' || cell === 'ipc-link' ? `**${cell}**` : cell;
}
