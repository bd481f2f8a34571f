import { saveCase } from './fuzz/cases.mjs';
import { fuzz } from './fuzz/run.mjs';
import { createSeed, readNumber, runCommand } from './options.mjs';

const USAGE = `npm run fuzz -- [--minutes N | --cases N] [--seed S]

Throws bad bytes at live Servers while a good client asks them for something. Exits with 1 when something was found.

  --minutes N  how long; 1 unless told otherwise
  --cases N    how many cases at most
  --seed S     the same cases once more`;

const MS_PER_MINUTE = 60_000;

await runCommand({ usage: USAGE, names: ['minutes', 'seed', 'cases'] }, async (values) => {
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
});

/** @param {import('./types.d.ts').FuzzReport} report */
function describeReport({ cases, goodReplies, goodbyes, peakRss }) {
  const codes = Object.entries(goodbyes).toSorted(([, one], [, other]) => other - one);
  const memory = peakRss === null ? 'unknown' : `${Math.round(peakRss / 1_048_576)} MiB`;
  return [
    `${cases} cases, ${goodReplies} replies to the good client meanwhile, largest memory ${memory}`,
    `goodbyes: ${codes.map(([code, count]) => `${code} ${count}`).join(', ')}`,
  ].join('\n');
}
