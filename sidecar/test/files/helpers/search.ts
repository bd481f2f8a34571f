import { spawnSync } from 'node:child_process';
import type { PrintInput, SearchInput, SearchItem, SearchMatch } from '#contracts/files';
import { rgPath } from '@vscode/ripgrep';
import { printSearch } from '../../../dist/files/print-search.js';
import { search } from '../../../dist/files/search.js';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';
import { streamContext } from './contexts.ts';

export async function findItems(root: SearchInput['root'], input: Omit<SearchInput, 'root'>): Promise<SearchItem[]> {
  const items: SearchItem[] = [];
  for await (const item of search({ root, sort: 'path', ...input }, streamContext())) items.push(item);
  return items;
}

export async function findMatches(root: string, input: Omit<SearchInput, 'root'>): Promise<SearchMatch[]> {
  const items = await findItems(root, input);
  return items.filter((item) => item.type === 'match');
}

export interface Printed {
  readonly output: Buffer;
  readonly complaints: string;
  readonly found: boolean;
  readonly failed: boolean;
  readonly binaryFiles: number;
}

/** The whole output of a printed search. */
export async function print(root: PrintInput['root'], input: Omit<PrintInput, 'root'>): Promise<Printed> {
  const output: Uint8Array[] = [];
  const complaints: Uint8Array[] = [];
  let end = { found: false, failed: false, binaryFiles: 0 };
  for await (const item of printSearch({ root, ...input }, streamContext())) {
    if (item.type === 'output') output.push(item.bytes);
    else if (item.type === 'complaint') complaints.push(item.bytes);
    else end = item;
  }
  const { found, failed, binaryFiles } = end;
  return {
    output: Buffer.concat(output),
    complaints: Buffer.concat(complaints).toString(),
    found,
    failed,
    binaryFiles,
  };
}

/** Sorts lines, because neither grep nor ripgrep guarantees an order of files. */
export function sortLines(output: Buffer): string[] {
  return output.toString('latin1').split('\n').toSorted();
}

/** The output of the package's ripgrep, run in a folder. */
export function ripgrep(
  cwd: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly output: Buffer } {
  const { status, stdout } = spawnSync(rgPath, ['--no-config', ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  return { code: status, output: stdout };
}

/** The output of the system's grep. */
export function grep(
  cwd: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly output: Buffer } {
  onlyUnix('coreutils');
  const { status, stdout } = spawnSync('grep', args, { cwd, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return { code: status, output: stdout };
}
