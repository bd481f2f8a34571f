// `npm test`: runs every step, lists what failed, and adds the counts up in one closing line. Each step is the npm script of its name.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

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
let passed = 0;
const failed = [];
const unprinted = [];
// Nothing after a build that failed would test what is in the tree.
if (await runStep(build)) {
  const checked = runChecks();
  for (const step of steps) {
    await runStep(step);
    printChecks();
  }
  await checked;
  printChecks();
}
if (failed.length > 0) process.stdout.write(`\nFailed:\n${failed.map((text) => `- ${text}\n`).join('')}`);
process.stdout.write(`\n${passed} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Whether nothing of the step failed. */
async function runStep(step) {
  process.stdout.write(`\n== ${step.name}\n`);
  const { isGreen, line } = await settle(step, startScript(step.name, ['ignore', 'inherit', 'inherit']));
  process.stdout.write(line);
  return isGreen;
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
  const counted = count(status);
  // A runner that failed without a failing test, or ran no test at all, is one failure.
  if (counted.failed.length === 0 && (status !== 0 || counted.passed === 0))
    counted.failed.push(`exit code ${status} with ${counted.passed} passed`);
  passed += counted.passed;
  failed.push(...counted.failed.map((text) => `${name}: ${text}`));
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  return {
    isGreen: counted.failed.length === 0,
    line: `${name}: ${counted.passed} passed, ${counted.failed.length} failed in ${seconds} s\n`,
  };
}

function countExit(status) {
  return { passed: status === 0 ? 1 : 0, failed: [] };
}

/** A test that was skipped has failed, too, in each of these. */
function countVitest() {
  const files = readReport('unit.json')?.testResults ?? [];
  const tests = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(root, name) })),
  );
  const bad = tests.filter(({ status }) => status !== 'passed');
  return {
    passed: tests.length - bad.length,
    failed: [
      ...bad.map(({ file, fullName, failureMessages }) => describe(`${file} > ${fullName}`, failureMessages[0])),
      ...files
        .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
        .map(({ name, message }) => describe(relative(root, name), message)),
    ],
  };
}

function countPlaywright() {
  const { suites = [], errors = [] } = readReport('e2e.json') ?? {};
  const specs = suites.flatMap(specsOf);
  // Each spec is run once, without a retry.
  const bad = specs.filter(({ tests: [test] }) => test.status !== 'expected');
  return {
    passed: specs.length - bad.length,
    failed: [
      ...bad.map(({ file, title, tests: [test] }) =>
        describe(`${file} > ${title}`, test.results.find(({ error }) => error !== undefined)?.error.message),
      ),
      ...errors.map(({ message }) => describe('outside of a test', message)),
    ],
  };
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function countPytest() {
  const report = existsSync(join(results, 'python.xml')) ? readFileSync(join(results, 'python.xml'), 'utf8') : '';
  // One element for each test, which is closed at once where the test passed.
  const tests = report.split('<testcase ').slice(1);
  const bad = tests.filter((test) => /<(?:failure|error|skipped)[ >]/.test(test));
  return {
    passed: tests.length - bad.length,
    failed: bad.map((test) => describe(/ name="([^"]*)"/.exec(` ${test}`)?.[1], / message="([^"]*)"/.exec(test)?.[1])),
  };
}

/** A test that failed and the first line of why, without colours. */
function describe(name, message = 'it was skipped, or gave no message') {
  return `${name}: ${stripVTControlCharacters(message).trim().split('\n', 1)[0]}`;
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(results, name), 'utf8'));
  } catch (error) {
    process.stderr.write(`No report ${name}: ${error.message}\n`);
    return null;
  }
}
