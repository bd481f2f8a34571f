import type { Client } from '@ipc-link/shared/contract';
import type { FilesContract } from '@ipc-link/shared/contracts/files';
import type { SearchCommand } from '../../launch/command.ts';
import { printLine } from '../print-line.ts';
import type { Output } from './output.ts';
import { count, ProgressLine } from './progress-line.ts';

/** Matches are written in pieces of about this many characters. */
const PIECE = 65_536;

/** @returns The exit code: 0, or 1 when nothing was found. */
export async function runSearch(
  { root, pattern, regex, ignoreCase }: SearchCommand,
  {
    client,
    output,
    signal,
  }: { readonly client: Client<FilesContract>; readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const line = new ProgressLine();
  let matches = 0;
  let piece = '';
  try {
    for await (const { path, line: row, column, text } of client.search(
      { root, pattern, regex, ignoreCase },
      { signal },
    )) {
      piece += `${path}:${row}:${column}:${text}\n`;
      matches++;
      if (piece.length < PIECE && !process.stdout.isTTY) continue;
      line.clear();
      await output.write(piece);
      piece = '';
      if (!process.stdout.isTTY) line.show(`${count(matches)} matches  ${path}`);
    }
  } finally {
    line.clear();
  }
  await output.write(piece);
  if (matches === 0) printLine(`search: no match for ${JSON.stringify(pattern)} in ${root}.`);
  return matches === 0 ? 1 : 0;
}
