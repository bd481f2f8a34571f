import { files } from '@ipc-link/shared/contracts/files';
import type { SidecarHost } from '../../host/index.ts';
import type { Command } from '../../launch/command.ts';
import { printLine } from '../print-line.ts';
import { Output, ReaderGone } from './output.ts';
import { runChecksum } from './run-checksum.ts';
import { runSearch } from './run-search.ts';

const FAILED = 1;
const BAD_USAGE = 2;
/** What shells report for a program that SIGINT ended. */
const INTERRUPTED = 130;

/**
 * Does one command without a window: results on stdout, everything else on stderr.
 *
 * @param signal Aborted when the user interrupts.
 * @returns The exit code: 0, 1 (failed, or nothing found), 2 (bad usage), 130 (interrupted).
 */
export async function runCommand(command: Command, host: SidecarHost, signal: AbortSignal): Promise<number> {
  const output = new Output();
  try {
    await host.start();
    const context = { client: host.client(files), output, signal };
    const code =
      command.command === 'checksum' ? await runChecksum(command, context) : await runSearch(command, context);
    await output.flush();
    return code;
  } catch (error) {
    if (error instanceof ReaderGone) return 0;
    if (signal.aborted) return INTERRUPTED;
    printLine(`${command.command}: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_PATTERN' ? BAD_USAGE : FAILED;
  }
}
