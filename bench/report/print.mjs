import { describeRun } from './describe-run.mjs';
import { createTables } from './table.mjs';

/** Writes a report for the terminal to stdout. @param {import('../types.d.ts').Report} report */
export function printReport(report) {
  const tables = createTables(report).map((table) => `${table.title}\n${alignTable([table.head, ...table.rows])}`);
  const text = [...tables, describeRun(report).join('\n')].join('\n\n');
  process.stdout.write(`\n${text}\n`);
}

/** @param {readonly (readonly string[])[]} rows */
function alignTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const align = (/** @type {readonly string[]} */ row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => `  ${align(row).join('  ')}`.trimEnd()).join('\n');
}
