import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { drawChart } from './chart.mjs';
import { insertReport } from './markdown.mjs';

const DOCS = new URL('../../docs/', import.meta.url);

/** Writes a report into docs/: the page, the chart that it shows, and all figures. @param {import('../types.d.ts').Report} report */
export async function writeReport(report) {
  const page = new URL('BENCHMARKS.md', DOCS);
  await writeFormatted(page, insertReport(await readFile(page, 'utf8'), report));
  await writeFormatted(new URL('benchmarks.json', DOCS), JSON.stringify(report, shorten));
  await writeFile(new URL('benchmarks.svg', DOCS), drawChart(report));
}

/** Writes text formatted by the project's formatter, so that its check passes. @param {URL} url @param {string} text */
async function writeFormatted(url, text) {
  const filepath = fileURLToPath(url);
  await writeFile(url, await format(text, { ...(await resolveConfig(filepath)), filepath }));
}

/** More digits than were measured only make the file larger. @param {string} _key @param {unknown} value */
function shorten(_key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}
