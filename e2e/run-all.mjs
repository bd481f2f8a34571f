// `npm test`: build, types, packages, lint, unit and e2e, one after the other, and their counts added up in one closing line.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });

const steps = [
  { name: 'build', command: ['npm', 'run', '--silent', 'build'], count: countExit },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'], count: countExit },
  { name: 'packages', command: ['npm', 'run', '--silent', 'packages'], count: countExit },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'], count: countExit },
  { name: 'unit', command: ['npm', 'run', '--silent', 'unit'], count: countVitest },
  { name: 'e2e', command: ['npm', 'run', '--silent', 'e2e'], count: countPlaywright },
];

const total = { passed: 0, failed: 0 };
for (const { name, command, count } of steps) {
  process.stdout.write(`\n== ${name}\n`);
  const started = performance.now();
  const { status } = spawnSync(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const { passed, failed } = count(status);
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(
    `${name}: ${passed} passed, ${failed} failed in ${((performance.now() - started) / 1_000).toFixed(1)} s\n`,
  );
  // Nothing after a build that failed would test what is in the tree.
  if (name === 'build' && failed > 0) break;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function countExit(status) {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function countVitest(status) {
  const report = readReport('unit.json');
  const { numPassedTests = 0, numTotalTests = 0 } = report ?? {};
  return judge(status, numPassedTests, numTotalTests - numPassedTests);
}

function countPlaywright(status) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport('e2e.json')?.stats ?? {};
  return judge(status, expected, unexpected + flaky + skipped);
}

/** A runner that failed without a failing test, or ran no test at all, is one failure. */
function judge(status, passed, failed) {
  return (status !== 0 || passed === 0) && failed === 0 ? { passed, failed: 1 } : { passed, failed };
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(results, name), 'utf8'));
  } catch (error) {
    process.stderr.write(`No report ${name}: ${error.message}\n`);
    return null;
  }
}
