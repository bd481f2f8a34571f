import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rgPath } from '@vscode/ripgrep';

/**
 * What does a piece of work: a program, or a task of the built-in sidecar, of which the client is given.
 *
 * @typedef {object} Contender
 * @property {string} id
 * @property {string} title
 * @property {(client: FilesClient) => Promise<void>} run
 *
 * @typedef {import('ipc-link/contract').Client<import('../../shared/dist/contracts/files.d.ts').FilesContract>} FilesClient
 */

/** A program whose output is read and thrown away. @param {string} id @param {string} title @param {readonly string[]} command @returns {Contender} */
function program(id, title, [file = '', ...args]) {
  return { id, title, run: () => runProgram(file, args) };
}

/** A stream of the sidecar, read to its end. @param {string} title @param {(client: FilesClient) => AsyncIterable<unknown>} open @returns {Contender} */
function task(title, open) {
  return {
    id: 'ipc-link',
    title,
    async run(client) {
      const items = open(client)[Symbol.asyncIterator]();
      while ((await items.next()).done !== true);
    },
  };
}

/** @param {string} file @param {readonly string[]} args */
async function runProgram(file, args) {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  await once(child, 'close');
}

/**
 * The same search by grep, by ripgrep and by the sidecar: every file, hidden and ignored ones too, no binary ones.
 *
 * @param {{ readonly root: string, readonly pattern: string, readonly regex: boolean }} what
 */
export function searchers({ root, pattern, regex }) {
  const kind = regex ? [] : ['-F'];
  const grepKind = regex ? ['-E'] : ['-F'];
  const format = ['--no-config', '-uu', '-n', '--column', '--no-heading', '--color=never', ...kind];
  const options = { root, pattern, regex, hidden: true, noIgnore: true };
  return [
    program('grep', 'grep -rIn', ['grep', '-rIn', ...grepKind, '-e', pattern, root]),
    program('ripgrep', 'rg -uu -n --column', [rgPath, ...format, '-e', pattern, root]),
    task('printSearch', (client) => client.printSearch(options)),
    { ...task('search, as values', (client) => client.search(options)), id: 'ipc-link-values' },
  ];
}

/** @param {string} root */
export function hashers(root) {
  return [
    program('sha256sum', 'sha256sum', ['sh', '-c', 'find "$0" -type f -print0 | xargs -0 sha256sum', root]),
    program('sha256sum-parallel', 'xargs -P2 sha256sum', [
      'sh',
      '-c',
      'find "$0" -type f -print0 | xargs -0 -P2 -n256 sha256sum',
      root,
    ]),
    task('manifest', (client) => client.manifest({ root })),
  ];
}

/** The time to the first hit of a tree, after which the search is ended. @param {string} root @param {string} pattern */
export function firstHit(root, pattern) {
  return [
    {
      ...task('search', (client) => firstOf(client.search({ root, pattern }))),
      id: 'ipc-link-values',
    },
  ];
}

/** @param {AsyncIterable<unknown>} items */
async function* firstOf(items) {
  for await (const item of items) {
    yield item;
    return;
  }
}
