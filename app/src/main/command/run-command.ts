import { files } from '#contracts/files';
import type { SidecarHost } from '../../host/index.ts';
import type { Command } from '../../launch/command.ts';
import { exitCodeOf, Interruption } from '../../launch/process/interruption.ts';
import { printLine } from '../print-line.ts';
import type { CommandContext } from './command-context.ts';
import { Output, ReaderGone } from '../../terminal/output.ts';
import { runChecksum } from './run-checksum.ts';
import { runSearch } from './run-search.ts';
import { runThumbnails } from './run-thumbnails.ts';
import { runVerify } from './run-verify.ts';

/** Exit codes of a failed command, as `sha256sum` and `grep` use them. */
const FAILED = { checksum: 1, verify: 1, search: 2, thumbnails: 1 } as const;

/**
 * Runs one command without a window: results on stdout, everything else on stderr.
 *
 * @param signal Aborted when the user interrupts; its reason is an `Interruption`.
 * @returns The exit code; 128 plus the signal's number where a signal ended the command.
 */
export async function runCommand(command: Command, host: SidecarHost, signal: AbortSignal): Promise<number> {
  const output = new Output(process.stdout);
  try {
    await host.start();
    const complaints = new Output(process.stderr);
    const code = await run(command, { client: host.client(files), output, complaints, signal });
    await output.flush();
    return code;
  } catch (error) {
    if (error instanceof ReaderGone) return 0;
    if (signal.aborted) return exitCodeOf(signal.reason instanceof Interruption ? signal.reason.signal : 'SIGTERM');
    const name = command.command === 'verify' ? 'checksum' : command.command;
    printLine(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return FAILED[command.command];
  }
}

function run(command: Command, context: CommandContext): Promise<number> {
  switch (command.command) {
    case 'checksum':
      return runChecksum(command, context);
    case 'verify':
      return runVerify(command, context);
    case 'search':
      return runSearch(command, context);
    case 'thumbnails':
      return runThumbnails(command, context);
  }
}
