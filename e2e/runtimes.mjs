// `npm run runtimes`: examples/runtimes in Bun and Deno, and the unit tests on further Nodes. `npm run runtimes -- bun` is a part of it.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const runProgram = promisify(execFile);
const LIMIT_MS = 120_000;
const UNIT_LIMIT_MS = 30 * 60_000;
/** How long a sidecar may outlive a host that was killed. */
const ORPHAN_MS = 2_000;

const folder = await mkdtemp(join(tmpdir(), 'ipc-link-runtimes-'));
const module = (path) => join(folder, 'node_modules', path);

/** Each is a package that has the program in it, and needs no script. `args` stand before a program that it runs. */
const runtimes = [
  { name: 'bun', package: `@oven/bun-${platform()}-${arch()}@1.4.5`, file: 'bin/bun', args: [] },
  { name: 'deno', package: `@deno/${platform()}-${arch()}-glibc@2.9.6`, file: 'deno', args: ['run', '--allow-all'] },
];
const nodes = ['22', '24'];

const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function main() {
  const results = [];
  for (const runtime of runtimes.filter(({ name }) => isWanted(name))) results.push(...(await tryRuntime(runtime)));
  for (const version of nodes.filter((name) => isWanted(name))) results.push(await tryUnits(version));
  return results.length > 0 && results.every((isGood) => isGood);
}

async function tryRuntime({ name, package: wantedPackage, file, args }) {
  await install(wantedPackage);
  const program = module(join(wantedPackage.slice(0, wantedPackage.lastIndexOf('@')), file));
  await chmod(program, 0o755);
  const other = { name, program, args };
  const node = { name: 'node', program: process.execPath, args: [] };
  const { stdout } = await runProgram(program, ['--version']);
  process.stdout.write(`${name}: ${stdout.split('\n', 1).join()}\n`);
  const pairs = [
    [node, other],
    [other, node],
    [other, other],
  ];
  const results = [];
  for (const [host, sidecar] of pairs) {
    const what = `a host in ${host.name} and a sidecar in ${sidecar.name}`;
    results.push(await report(what, () => tryHost(host, sidecar)));
  }
  for (const [one, two] of pairs)
    results.push(await report(`a Server in ${one.name} and one in ${two.name}`, () => tryPair(one, two)));
  results.push(await report(`a sidecar in ${name} whose host is killed`, () => tryKilledHost(other)));
  return results;
}

async function tryHost(host, sidecar) {
  const { stdout } = await runExample(host, 'host.mjs', [sidecar.program]);
  expectLines(stdout, [
    `${host.name} calls ${sidecar.name}`,
    '1000000 1970-01-01T00:00:00.000Z 5 true',
    '499500',
    'AbortError',
    'ERR_SIDECAR_CRASHED 3',
    `again: ${sidecar.name}`,
  ]);
}

async function tryPair(one, two) {
  const sockets = await mkdtemp(join(folder, 's-'));
  const [{ stdout }] = await Promise.all([
    runExample(one, 'pair.mjs', ['one', `${sockets}/`]),
    runExample(two, 'pair.mjs', ['two', `${sockets}/`]),
  ]);
  expectLines(stdout, [`${one.name}: Hello world! (from ${two.name})`]);
}

/** The sidecar works on a call when its host, a Node, is killed. */
async function tryKilledHost({ program }) {
  const host = spawn(process.execPath, ['to-be-killed.mjs', program], {
    cwd: join(root, 'e2e/fixtures/runtimes'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(createInterface({ input: host.stdout }), 'line');
  host.kill('SIGKILL');
  const giveUpAt = performance.now() + ORPHAN_MS;
  while (isAlive(Number(pid))) {
    if (performance.now() > giveUpAt) throw new Error(`process ${pid} still runs`);
    await delay(20);
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The unit tests on another Node. */
async function tryUnits(version) {
  const name = `node-${platform()}-${arch()}`;
  await install(`${name}@${version}`);
  const node = module(join(name, 'bin/node'));
  const results = join(root, 'test-results/unit.json');
  await rm(results, { force: true });
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
  return report(`the unit tests on Node ${version}`, async () => {
    const env = { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) };
    const ended = await settle(runProgram(node, args, { cwd: root, env, timeout: UNIT_LIMIT_MS, maxBuffer: 1e9 }));
    if (!existsSync(results)) throw new Error(`vitest ended without a report: ${ended.output.slice(-2_000)}`);
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(await readFile(results, 'utf8'));
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== 'passed')
      .map(({ fullName }) => `\n  ${fullName}`);
    if (failed.length > 0 || ended.code !== 0)
      throw new Error(`${failed.length} of ${numTotalTests} failed${failed.join('')}`);
    return `${numPassedTests} passed`;
  });
}

/** @returns Whether it is as it should be. */
async function report(what, run) {
  try {
    const outcome = (await run()) ?? 'works';
    process.stdout.write(`${what}: ${outcome}\n`);
    return true;
  } catch (error) {
    process.stdout.write(`${what}: FAILED: ${error.message}${error.stderr ?? ''}\n`);
    return false;
  }
}

function runExample({ program, args }, file, rest) {
  const cwd = join(root, 'examples/runtimes');
  return runProgram(program, [...args, file, ...rest], { cwd, timeout: LIMIT_MS });
}

function expectLines(output, lines) {
  const found = output.trimEnd().split('\n');
  if (found.join('\n') !== lines.join('\n')) throw new Error(`it printed ${JSON.stringify(found)}`);
}

async function install(name) {
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', name];
  await runProgram('npm', args, { cwd: folder });
}

/** @returns How it ended, whether it succeeded or not. */
function settle(running) {
  return running.then(
    () => ({ code: 0, output: '' }),
    ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
  );
}
