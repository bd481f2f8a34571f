import { writeFile } from 'node:fs/promises';
import { printable } from '@ipc-link/shared';
import type { Client } from '@ipc-link/shared/contract';
import type { ChecksumOutput, FilesContract } from '@ipc-link/shared/contracts/files';
import type { ChecksumCommand } from '../../launch/command.ts';
import { printLine } from '../print-line.ts';
import type { Output } from './output.ts';
import { count, describeProgress, formatBytes, ProgressLine } from './progress-line.ts';

/** @returns The exit code: 0, or 1 when a file could not be read. */
export async function runChecksum(
  command: ChecksumCommand,
  {
    client,
    output,
    signal,
  }: { readonly client: Client<FilesContract>; readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const { root, algorithm } = command;
  const line = new ProgressLine();
  const onProgress = (progress: Parameters<typeof describeProgress>[0]): void => line.show(describeProgress(progress));
  const result = await client.checksum({ root, algorithm }, { signal, onProgress }).finally(() => line.clear());
  for (const { path, reason } of result.failures) printLine(`checksum: ${path}: ${reason}`);
  if (command.output === undefined) await output.write(result.manifest);
  else await writeFile(command.output, result.manifest);
  if (command.summary === true) await output.write(summarise(command, result));
  else if (result.files === 0 && result.failures.length === 0) printLine(`checksum: ${root} holds no files.`);
  return result.failures.length === 0 ? 0 : 1;
}

function summarise(
  { root, output }: ChecksumCommand,
  { algorithm, files, bytes, failures, durationMs }: ChecksumOutput,
): string {
  const seconds = durationMs / 1_000;
  const speed = formatBytes(bytes / Math.max(seconds, 0.001));
  const failed = failures.length === 0 ? '' : `\nNot read: ${count(failures.length)} (listed above)`;
  return `${algorithm} of ${count(files)} files in ${printable(root)}: ${formatBytes(bytes)} in ${seconds.toFixed(1)} s (${speed}/s)${failed}
Manifest: ${printable(output ?? 'stdout')}\n`;
}
