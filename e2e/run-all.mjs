// `npm test`: runs every step and adds their counts up in one closing line. Each step is the npm script of its name.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');

const build = { name: 'build', count: countExit };
// One after the other, each with its output as it comes.
const steps = [
  { name: 'python', count: countPytest },
  { name: 'unit', count: countVitest },
  { name: 'e2e', count: countPlaywright },
];
// One after the other beside those, in the time in which they wait. Their output is printed whole, between two steps.
const checks = [
  { name: 'types', count: countExit },
  { name: 'packages', count: countExit },
  { name: 'lint', count: countExit },
];

rmSync(results, { recursive: true, force: true });
const total = { passed: 0, failed: 0 };
const unprinted = [];
// Nothing after a build that failed would test what is in the tree.
if ((await runStep(build)).failed === 0) {
  const checked = runChecks();
  for (const step of steps) {
    await runStep(step);
    printChecks();
  }
  await checked;
  printChecks();
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runStep(step) {
  process.stdout.write(`\n== ${step.name}\n`);
  const counted = await settle(step, startScript(step.name, ['ignore', 'inherit', 'inherit']));
  process.stdout.write(counted.line);
  return counted;
}

async function runChecks() {
  for (const check of checks) {
    const child = startScript(check.name, ['ignore', 'pipe', 'pipe']);
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const { line } = await settle(check, child);
    unprinted.push(`\n== ${check.name}\n${Buffer.concat(output).toString()}${line}`);
  }
}

/** Prints what the checks that have ended since the last time have printed. */
function printChecks() {
  for (const text of unprinted.splice(0)) process.stdout.write(text);
}

function startScript(name, stdio) {
  return spawn('npm', ['run', '--silent', name], { cwd: root, stdio });
}

/** Waits for the end of a step, and adds its counts to the total. */
async function settle({ name, count }, child) {
  const started = performance.now();
  const [status] = await once(child, 'close');
  const { passed, failed } = count(status);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  return { failed, line: `${name}: ${passed} passed, ${failed} failed in ${seconds} s\n` };
}

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

/** A test that pytest skipped has failed, too. */
function countPytest(status) {
  const report = existsSync(join(results, 'python.xml')) ? readFileSync(join(results, 'python.xml'), 'utf8') : '';
  const run = Number(/<testsuite [^>]*tests="(\d+)"/.exec(report)?.[1] ?? 0);
  const bad = [...report.matchAll(/<(?:failure|error|skipped)[ >]/g)].length;
  return judge(status, run - bad, bad);
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
