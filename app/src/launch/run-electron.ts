import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { endChild } from './process/end-child.ts';
import { endWithParent } from './process/end-with-parent.ts';
import { startError } from './errors.ts';
import { reportOnStderr, type Report } from './report.ts';
import { exitCodeOf, Interruption } from './process/interruption.ts';

/** Exit codes above this number mean that a signal ended the program. */
const SIGNALLED = 128;

export interface RunOptions {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** When it aborts, Electron gets the system signal that caused the abort. */
  readonly interrupt: AbortSignal;
  /** How long Electron may take to end after that, before it is killed, in milliseconds. @default 5000 */
  readonly graceMs?: number;
  /** Whether Electron reads this process's stdin. @default false */
  readonly readsStdin?: boolean;
  /** Takes the line about a crash. @default a line on stderr */
  readonly report?: Report;
}

/**
 * Runs an Electron to its end. Electron inherits this process's stdout and stderr, and its stdin with `readsStdin`.
 *
 * @returns Electron's exit code, or 128 plus the signal's number where a signal ended Electron or interrupted this process
 * @throws LaunchError `ERR_LAUNCH_START`; the signal's reason when aborted before the start
 */
export async function runElectron(
  binary: string,
  { args, env, interrupt, graceMs = 5_000, readsStdin = false, report = reportOnStderr }: RunOptions,
): Promise<number> {
  const command = await endWithParent(binary, args, env);
  interrupt.throwIfAborted();
  const child = spawn(command.file, command.args, {
    env,
    stdio: [readsStdin ? 'inherit' : 'ignore', 'inherit', 'inherit'],
    // Not in the terminal's process group: a Ctrl-C would reach Electron a second time, and a second signal ends it at once.
    detached: process.platform !== 'win32',
  });
  const handOn = (): void => void endChild(child, graceMs, signalOf(interrupt));
  interrupt.addEventListener('abort', handOn, { once: true });
  try {
    const exit = await waitForExit(child, binary);
    if (exit.signal !== null && !interrupt.aborted) {
      report(`Electron was ended by ${exit.signal}. Set ELECTRON_ENABLE_LOGGING=1 to see its log.`);
    }
    return exitCode(exit, interrupt);
  } finally {
    interrupt.removeEventListener('abort', handOn);
  }
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

async function waitForExit(child: ChildProcess, binary: string): Promise<Exit> {
  try {
    await once(child, 'exit');
    return { code: child.exitCode, signal: child.signalCode };
  } catch (error) {
    throw startError(binary, error);
  }
}

/** An interrupted Electron may exit with code 0 or with a signal of its own; the exit code then tells of this process's signal. */
function exitCode({ code, signal }: Exit, interrupt: AbortSignal): number {
  if (interrupt.aborted && (!code || code > SIGNALLED)) return exitCodeOf(signalOf(interrupt));
  return signal === null ? (code ?? 1) : exitCodeOf(signal);
}

function signalOf(interrupt: AbortSignal): NodeJS.Signals {
  return interrupt.reason instanceof Interruption ? interrupt.reason.signal : 'SIGTERM';
}
