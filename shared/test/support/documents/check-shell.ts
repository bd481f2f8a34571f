import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../app-folder.ts';
import type { Document } from './markdown.ts';

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Programs that every system has, and that are called in documents without a file of ours. */
const common = new Set(['find', 'cd', 'mkdir', 'openssl']);

/** Checks the commands that a document shows, in blocks and in its text. @returns Those that name a script, program or file that is not there. */
export function checkShell(document: Document): string[] {
  const lines = document.blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n'));
  const inText = [...document.text.matchAll(/`((?:npm|npx|node) [^`\n]+)`/g)].map(([, command = '']) => command);
  const own = document.blocks.flatMap(({ file }) => file ?? []);
  return [...lines, ...inText]
    .flatMap((line) => splitCommands(line))
    .flatMap((command) => checkCommand(command, own).map((reason) => `${command.join(' ')}: ${reason}`));
}

/** The commands of a line, each as its words. Comments, variables and what is redirected are left out. */
export function splitCommands(line: string): string[][] {
  const code = line.replace(/(^|\s)#.*$/, '').replaceAll(/'[^']*'/g, 'TEXT');
  const commands = code.split(/&&|[;&]| \| /).map((command) => command.trim().split(/\s+/));
  return commands
    .map((words) => words.filter((word, index) => word !== '' && !(index === 0 && /^[A-Z_]+=/.test(word))))
    .filter((words) => words.length > 0);
}

function checkCommand([program = '', ...words]: readonly string[], own: readonly string[]): string[] {
  if (program === 'npm') return checkNpm(words);
  if (program === 'npx') return checkNpx(words);
  if (program === 'node') return checkFiles(words.filter((word) => !word.startsWith('-')).slice(0, 1), own);
  if (program === 'pip')
    return checkFiles(
      words.filter((word) => word.startsWith('./')),
      own,
    );
  if (program === 'electron') return checkTool('electron');
  return common.has(program) ? [] : [`the check of documents does not know '${program}'`];
}

function checkNpm(words: readonly string[]): string[] {
  const prefix = words.indexOf('--prefix');
  const folder = prefix < 0 ? '.' : (words[prefix + 1] ?? '.');
  const [command = '', ...rest] = words.filter(
    (word, index) => !word.startsWith('-') && words[index - 1] !== '--prefix',
  );
  if (command === 'ci' || command === 'uninstall' || command === 'publish') return [];
  if (command === 'install') return rest.flatMap((name) => checkInstalled(name));
  const script = command === 'run' ? (rest[0] ?? '') : command;
  const path = join(projectFolder, folder, 'package.json');
  if (!existsSync(path)) return [`there is no package.json in ${folder}`];
  const { scripts = {} }: Manifest = JSON.parse(readFileSync(path, 'utf8'));
  return script in scripts ? [] : [`${folder}/package.json has no script '${script}'`];
}

function checkInstalled(name: string): string[] {
  // Without the version behind it.
  return existsSync(join(projectFolder, 'node_modules', name.replace(/(?<=.)@[\d.]+$/, '')))
    ? []
    : [`'${name}' is neither this package nor one that it uses`];
}

function checkNpx(words: readonly string[]): string[] {
  const [tool = '', ...rest] = words[0] === '-p' ? words.slice(2) : words;
  return [...checkTool(tool), ...checkFiles(rest.filter((word) => /^[\w.-]+\/[\w./-]+$/.test(word)))];
}

function checkTool(name: string): string[] {
  const { bin = {} }: Manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const isThere = name in bin || existsSync(join(projectFolder, 'node_modules/.bin', name));
  return isThere ? [] : [`nothing installed has the program '${name}'`];
}

function checkFiles(paths: readonly string[], own: readonly string[] = []): string[] {
  const missing = paths.filter((path) => !own.includes(path) && !isThere(path));
  return missing.map((path) => `there is no file ${path}`);
}

/** Whether a file is in the repository, or is compiled from one that is. */
function isThere(path: string): boolean {
  const source = path.replace('/dist/', '/').replace(/\.js$/, '.ts');
  return [path, source].some((each) => existsSync(join(projectFolder, each)));
}
