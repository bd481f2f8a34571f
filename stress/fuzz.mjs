import { readNumber, readOptions, createSeed } from './options.mjs';
import { saveCase } from './fuzz/cases.mjs';
import { fuzz } from './fuzz/run.mjs';

/** `npm run fuzz -- --minutes N [--seed S]`: throws bad bytes at live Servers. Exits with 1 when something was found. */

const MS_PER_MINUTE = 60_000;

const values = readOptions(process.argv.slice(2), { names: ['minutes', 'seed', 'cases'] });
const minutes = readNumber(values, 'minutes') ?? 1;
const seed = readNumber(values, 'seed') ?? createSeed();
const most = readNumber(values, 'cases') ?? Infinity;
const deadline = performance.now() + minutes * MS_PER_MINUTE;

console.log(`seed ${seed}`);
const report = await fuzz({
  seed,
  isOver: (cases) => cases >= most || performance.now() > deadline,
  report: (line) => console.log(line),
});
console.log(describeReport(report));
for (const finding of report.findings) {
  const file = finding.case === undefined ? '' : ` (${finding.case.name}; ${saveCase(finding.case)})`;
  console.log(`FOUND ${finding.problem}${file}`);
}
process.exitCode = report.findings.length === 0 ? 0 : 1;

/** @param {import('./types.d.ts').FuzzReport} report */
function describeReport({ cases, goodReplies, goodbyes, peakRss }) {
  const codes = Object.entries(goodbyes).toSorted(([, one], [, other]) => other - one);
  const memory = peakRss === null ? 'unknown' : `${Math.round(peakRss / 1_048_576)} MiB`;
  return [
    `${cases} cases, ${goodReplies} replies to the good client meanwhile, largest memory ${memory}`,
    `goodbyes: ${codes.map(([code, count]) => `${code} ${count}`).join(', ')}`,
  ].join('\n');
}
