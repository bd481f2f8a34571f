import { basename } from 'node:path';
import { printable } from 'ipc-link';
import type { ManifestItem } from '#contracts/files';
import type { ChecksumCommand } from '../../launch/command.ts';
import type { CommandContext } from './command-context.ts';
import { fileAt, stdoutFiles } from './file-identity.ts';
import { ManifestFile } from './manifest-file.ts';
import { groupPaths } from './path-groups.ts';
import { count, describeProgress, formatBytes, ProgressLine } from './progress-line.ts';

interface Tally {
  files: number;
  bytes: number;
  failures: number;
  durationMs: number;
}

/** @returns The exit code: 0, or 1 when a file could not be read. */
export async function runChecksum(command: ChecksumCommand, context: CommandContext): Promise<number> {
  const earlier = command.output === undefined ? [] : fileAt(command.output);
  const file = command.output === undefined ? undefined : await openManifest(command.output);
  try {
    const tally = await writeManifest(command, { context, file, earlier });
    await file?.complete();
    if (command.summary === true) await context.output.write(summarize(command, tally));
    else if (tally.files === 0 && tally.failures === 0)
      await context.complaints.write(`checksum: ${shownPaths(command)} holds no files.\n`);
    return tally.failures === 0 ? 0 : 1;
  } finally {
    await file?.abandon();
  }
}

async function openManifest(path: string): Promise<ManifestFile> {
  try {
    return await ManifestFile.open(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The manifest can't be written to '${path}': ${reason}.`, { cause: error });
  }
}

interface Target {
  readonly context: CommandContext;
  /** @default stdout */
  readonly file: ManifestFile | undefined;
  /** The file that the new manifest is going to replace. It must not be listed in it. */
  readonly earlier: ReturnType<typeof fileAt>;
}

async function writeManifest(command: ChecksumCommand, { context, file, earlier }: Target): Promise<Tally> {
  const { client, output, complaints, signal } = context;
  const temporary = file?.temporaryPath;
  const outputs = [...earlier, ...(temporary === undefined ? stdoutFiles() : fileAt(temporary))];
  const sum: Tally = { files: 0, bytes: 0, failures: 0, durationMs: 0 };
  const line = new ProgressLine();
  const complain = async (path: string, reason: string): Promise<void> => {
    line.clear();
    await complaints.write(`checksum: ${printable(path)}: ${reason}\n`);
  };
  const read = async (item: ManifestItem): Promise<void> => {
    if (item.type === 'progress') return line.show(describeProgress(item));
    if (item.type === 'lines') return (file ?? output).write(item.lines);
    if (item.type === 'failure') return complain(item.path, item.reason);
    // The user didn't create the temporary file and needn't hear that it was left out.
    if (item.type === 'leftOut')
      return temporary !== undefined && basename(item.path) === basename(temporary)
        ? undefined
        : complain(item.path, item.reason);
    sum.files += item.files;
    sum.bytes += item.bytes;
    sum.failures += item.failures;
    sum.durationMs += item.durationMs;
  };
  const { algorithms: algorithm, tag } = command;
  try {
    for await (const group of groupPaths(command))
      for await (const item of client.manifest({ ...group, algorithm, tag, outputs }, { signal })) await read(item);
  } finally {
    line.clear();
  }
  return sum;
}

function summarize(command: ChecksumCommand, { files, bytes, failures, durationMs }: Tally): string {
  const seconds = durationMs / 1_000;
  const speed = formatBytes(bytes / Math.max(seconds, 0.001));
  const failed = failures === 0 ? '' : `\nNot read: ${count(failures)} (listed above)`;
  return `${command.algorithms.join(', ')} of ${count(files)} files in ${shownPaths(command)}: ${formatBytes(bytes)} in ${seconds.toFixed(1)} s (${speed}/s)${failed}
Manifest: ${command.output ?? 'stdout'}\n`;
}

function shownPaths({ paths }: ChecksumCommand): string {
  return paths.map((path) => printable(Buffer.from(path).toString('utf8'))).join(', ') || 'the list';
}
