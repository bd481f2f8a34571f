import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';
import { makeFolder } from './temp-folder.ts';

/** The user and group `nobody` of every Linux. */
const NOBODY = 65_534;

/** Packages that the modules import. */
const PACKAGES = ['hash-wasm', '@vscode/ripgrep', `@vscode/ripgrep-${process.platform}-${process.arch}`];

/**
 * Runs a task in a process of an unprivileged user, `nobody` when the tests run as root, because permissions don't apply to
 * root. The built modules are copied to a folder that every user may read, because the checkout may be readable by root only.
 */
export function runUnprivileged(task: 'checksum' | 'search', input: object): unknown {
  onlyUnix('modes');
  const stage = makeFolder({ 'package.json': '{"type":"module"}' });
  cpSync(fileURLToPath(new URL('../../../dist/files', import.meta.url)), join(stage, 'files'), { recursive: true });
  cpSync(fileURLToPath(new URL('../fixtures/run-task.js', import.meta.url)), join(stage, 'run-task.js'));
  for (const name of PACKAGES) copyPackage(name, stage);
  writeFileSync(join(stage, 'input.json'), JSON.stringify(input));
  letEveryoneRead(stage);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const output = execFileSync(process.execPath, [join(stage, 'run-task.js'), task], { cwd: stage, ...user });
  return JSON.parse(output.toString('utf8'));
}

/** Whatever mask the folder was made with. */
export function letEveryoneRead(folder: string): void {
  execFileSync('chmod', ['-R', 'a+rX', folder]);
}

function copyPackage(name: string, stage: string): void {
  const from = fileURLToPath(new URL(`../../../../node_modules/${name}`, import.meta.url));
  cpSync(from, join(stage, 'node_modules', name), { recursive: true });
}
