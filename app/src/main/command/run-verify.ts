import { printable } from 'ipc-link';
import type { VerifiedFile, VerifyCounts, VerifyItem } from '#contracts/files';
import type { VerifyCommand } from '../../launch/command.ts';
import type { CommandContext } from './command-context.ts';
import { groupPaths } from './path-groups.ts';
import { count, describeProgress, ProgressLine } from './progress-line.ts';

/**
 * Prints what `sha256sum --check` prints, and `NEW` for files that are not in the manifest when a folder was named.
 *
 * @returns The exit code: 0, or 1 when a file differs from the manifest or no line of the manifest could be parsed.
 */
export async function runVerify(command: VerifyCommand, context: CommandContext): Promise<number> {
  const { client, signal } = context;
  const { manifest, algorithm } = command;
  const line = new ProgressLine();
  const listNew = command.paths.length > 0;
  let counts: VerifyCounts | undefined;
  try {
    for await (const { root } of groupPaths(command))
      for await (const item of client.verify({ root, manifest, algorithm, listNew }, { signal })) {
        if (item.type === 'progress') line.show(describeProgress(item));
        else line.clear();
        await tell(item, command, context);
        if (item.type === 'end') counts = item;
      }
  } finally {
    line.clear();
  }
  return counts === undefined ? 1 : conclude(counts, command, context);
}

async function tell(item: VerifyItem, command: VerifyCommand, { output, complaints }: CommandContext): Promise<void> {
  const { status = false, quiet = false, warn = false, ignoreMissing = false } = command;
  if (item.type === 'misread' && warn)
    for (const line of item.lines)
      await complaints.write(`checksum: ${command.manifest}: ${line}: improperly formatted checksum line\n`);
  if (item.type !== 'files') return;
  const lines: Buffer[] = [];
  for (const file of item.files) {
    const skipped = (file.state === 'ok' && quiet) || (file.state === 'missing' && ignoreMissing);
    if (!skipped && !status) lines.push(Buffer.from(nameOf(file)), Buffer.from(`: ${WORDS[file.state]}\n`));
    const reason = file.state === 'missing' ? 'no such file or directory' : file.reason;
    if (reason !== undefined && !skipped) await complaints.write(`checksum: ${printable(file.path)}: ${reason}\n`);
  }
  await output.write(Buffer.concat(lines));
}

const WORDS: Readonly<Record<VerifiedFile['state'], string>> = {
  ok: 'OK',
  changed: 'FAILED',
  missing: 'FAILED open or read',
  unreadable: 'FAILED open or read',
  new: 'NEW',
};

/** Escapes a name with a line break as `sha256sum` does, so that each name takes one line. */
function nameOf({ path, pathBytes }: VerifiedFile): Uint8Array {
  if (pathBytes !== undefined) return pathBytes;
  const escaped = path.replace(
    /[\\\n\r]/g,
    (character) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r' })[character] ?? '',
  );
  return Buffer.from(/[\n\r]/.test(path) ? `\\${escaped}` : path);
}

async function conclude(counts: VerifyCounts, command: VerifyCommand, { complaints }: CommandContext): Promise<number> {
  const { ok, changed, misread, unreadable } = counts;
  const { status = false, strict = false, ignoreMissing = false, manifest } = command;
  const missing = ignoreMissing ? 0 : counts.missing;
  const compared = ok + changed + counts.missing + unreadable;
  const warn = async (isNeeded: boolean, text: string): Promise<void> => {
    if (isNeeded && !status) await complaints.write(`checksum: ${text}\n`);
  };
  if (compared === 0) {
    await complaints.write(`checksum: ${manifest}: no properly formatted checksum lines found\n`);
    return 1;
  }
  await warn(misread > 0, `WARNING: ${countLines(misread, 'is', 'are')} improperly formatted`);
  await warn(missing + unreadable > 0, `WARNING: ${listed(missing + unreadable)} could not be read`);
  await warn(
    changed > 0,
    `WARNING: ${count(changed)} computed ${changed === 1 ? 'checksum' : 'checksums'} did NOT match`,
  );
  await warn(counts.new > 0, `${count(counts.new)} ${counts.new === 1 ? 'file is' : 'files are'} not in the manifest`);
  const nothingVerified = ignoreMissing && ok + changed + unreadable === 0;
  if (nothingVerified) await complaints.write(`checksum: ${manifest}: no file was verified\n`);
  return changed + missing + unreadable > 0 || nothingVerified || (strict && misread > 0) ? 1 : 0;
}

function countLines(number: number, one: string, several: string): string {
  return `${count(number)} ${number === 1 ? `line ${one}` : `lines ${several}`}`;
}

function listed(number: number): string {
  return `${count(number)} listed ${number === 1 ? 'file' : 'files'}`;
}
