import { printable } from 'ipc-link';
import type { PrintItem } from '#contracts/files';
import type { SearchCommand } from '../../launch/command.ts';
import type { CommandContext } from './command-context.ts';
import { stdoutFiles } from './file-identity.ts';
import { groupPaths } from './path-groups.ts';
import { count, formatBytes, ProgressLine } from './progress-line.ts';

const FOUND = 0;
const NOTHING_FOUND = 1;
const FAILED = 2;
const PREFIX = Buffer.from('search: ');

/** @returns The exit code, with the meaning that grep and ripgrep give it: 0 found, 1 nothing found, 2 something could not be searched. */
export async function runSearch(command: SearchCommand, context: CommandContext): Promise<number> {
  const { client, output, complaints, signal } = context;
  const { pattern, regex, options, print } = command;
  const isColoured = command.color === 'always' || (command.color === 'auto' && output.isTerminal);
  const outputs = stdoutFiles();
  const line = new ProgressLine();
  const sum = { found: false, failed: false, binaryFiles: 0, bytes: 0 };
  const read = async (item: PrintItem): Promise<void> => {
    if (item.type === 'output') {
      line.clear();
      await output.write(item.bytes);
      sum.bytes += item.bytes.length;
      if (!output.isTerminal) line.show(`${formatBytes(sum.bytes)} of matches`);
    } else if (item.type === 'complaint') {
      line.clear();
      await complaints.write(Buffer.concat([PREFIX, item.bytes]));
    } else {
      sum.found ||= item.found;
      sum.failed ||= item.failed;
      sum.binaryFiles += item.binaryFiles;
    }
  };
  try {
    for await (const group of groupPaths(command)) {
      const input = { ...options, ...group, pattern, regex, outputs };
      const printed = { ...print, color: isColoured ? ('always' as const) : ('never' as const) };
      for await (const item of client.printSearch({ ...input, print: printed }, { signal })) await read(item);
    }
  } finally {
    line.clear();
  }
  if (sum.binaryFiles > 0) await complaints.write(describeBinaryFiles(sum.binaryFiles));
  if (sum.failed) return FAILED;
  if (sum.found) return FOUND;
  await complaints.write(
    `search: no match for ${pattern.map((each) => JSON.stringify(each)).join(', ')} in ${shownPaths(command)}.\n`,
  );
  return NOTHING_FOUND;
}

function describeBinaryFiles(number: number): string {
  return `search: ${number === 1 ? '1 binary file was' : `${count(number)} binary files were`} skipped; --text searches them too.\n`;
}

function shownPaths({ paths, listed = false }: SearchCommand): string {
  const shown = paths.map((path) => printable(Buffer.from(path).toString('utf8')));
  return [...shown, ...(listed ? ['the list'] : [])].join(', ');
}
