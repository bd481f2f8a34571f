// `npm run installs`: installs the packed package with each package manager on each Node, uses it, and prints the table of docs/PLATFORMS.md.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const runProgram = promisify(execFile);

/** The oldest that is supported, and the newest of each line that is. */
const nodes = ['20.19.0', '22', '24'];

/** How each installs the packed package and zod, which the example uses. */
const managers = [
  { name: 'npm', program: 'npm/bin/npm-cli.js', args: ['install'] },
  { name: 'npm --engine-strict', program: 'npm/bin/npm-cli.js', args: ['install', '--engine-strict'] },
  { name: 'pnpm --engine-strict', program: 'pnpm/bin/pnpm.cjs', args: ['add', '--engine-strict'] },
  { name: 'Yarn 1', program: 'yarn/bin/yarn.js', args: ['add'] },
];

/** What npm says about the settings of the user who runs this. */
const ofTheMachine = /Unknown \w+ config/;

const imports = "import { Server } from 'ipc-link'; console.log(typeof Server);";
const requires = "console.log(typeof require('ipc-link').Server);";

const folder = await mkdtemp(join(tmpdir(), 'ipc-link-installs-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function main() {
  const tools = join(folder, 'tools');
  const tarball = await pack();
  await prepareTools(tools);
  print('| Node | installed by | warnings | `import` | `require` | a host and its sidecar |');
  print('| ---- | ------------ | -------- | -------- | --------- | ---------------------- |');
  for (const version of nodes) {
    const node = join(tools, 'node_modules', aliasOf(version), 'bin', platform() === 'win32' ? 'node.exe' : 'node');
    const exact = (await run(node, ['--version'], tools)).output.trim();
    for (const manager of managers) {
      const cells = await tryOut({ node, manager, tools, tarball });
      print(`| ${[exact.slice(1), manager.name, ...cells].join(' | ')} |`);
    }
  }
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

/** Packs the package as `npm publish` would. @returns The tarball's path. */
async function pack() {
  const { stdout } = await runProgram('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  return join(folder, stdout.trim());
}

/** Installs the Nodes and the package managers; a Node is a binary in a package, without a script. @param {string} tools */
async function prepareTools(tools) {
  await mkdir(tools);
  await writeFile(join(tools, 'package.json'), '{ "private": true }');
  const system = `node-${platform() === 'win32' ? 'win' : platform()}-${arch()}`;
  const packages = nodes.map((version) => `${aliasOf(version)}@npm:${system}@${version}`);
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages, 'npm@11', 'pnpm@10', 'yarn@1'];
  await runProgram('npm', args, { cwd: tools });
}

/** @param {string} version */
function aliasOf(version) {
  return `node-${version.replaceAll('.', '-')}`;
}

/** One row: an empty project, what the manager says, and what the package does in it. */
async function tryOut({ node, manager, tools, tarball }) {
  const project = await mkdtemp(join(folder, 'project-'));
  await cp(join(root, 'examples/primes'), join(project, 'primes'), { recursive: true });
  await cp(join(root, 'examples/node-host.mjs'), join(project, 'node-host.mjs'));
  await writeFile(join(project, 'package.json'), '{ "name": "project", "version": "1.0.0", "license": "MIT" }');
  const program = join(tools, 'node_modules', manager.program);
  const install = await run(node, [program, ...manager.args, `file:${tarball}`, 'zod'], project);
  const warnings = install.output
    .split('\n')
    .filter((line) => /\bwarn|\berror/i.test(line) && !ofTheMachine.test(line));
  if (install.code !== 0) return [`exit code ${install.code}: ${warnings[0]}`, '', '', ''];
  return [
    warnings.length === 0 ? 'none' : warnings.join('; '),
    await outcome(node, ['--input-type=module', '--eval', imports], project, 'function'),
    await outcome(node, ['--input-type=commonjs', '--eval', requires], project, 'function'),
    await outcome(node, ['node-host.mjs'], project, '9592 primes below 100000'),
  ];
}

async function outcome(node, args, cwd, expected) {
  const { code, output } = await run(node, args, cwd);
  return code === 0 && output.trim() === expected
    ? 'works'
    : `exit code ${code}: ${output.trim().replaceAll('\n', ' ')}`;
}

/** Runs a program with the Node at hand in front of all others, as managers look for one themselves. */
async function run(node, args, cwd) {
  const path = [join(node, '..'), process.env['PATH']].join(platform() === 'win32' ? ';' : ':');
  const env = { ...process.env, PATH: path, CI: 'true', XDG_DATA_HOME: join(folder, 'data') };
  return runProgram(node, args, { cwd, env, maxBuffer: 1e8 }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (failure) => ({ code: failure.code, output: `${failure.stdout}${failure.stderr}` }),
  );
}
