import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { endChild } from './process/end-child.ts';
import { endWithParent } from './process/end-with-parent.ts';
import { startError } from './errors.ts';
import { reportOnStderr, type Report } from './report.ts';
import { exitCodeOf, Interruption } from './process/interruption.ts';

/** Exit codes above this stand for a signal. */
const SIGNALLED = 128;

export interface RunOptions {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Its abort is handed on to Electron as the signal that caused it. */
  readonly interrupt: AbortSignal;
  /** How long Electron may take to end after that, before it is killed, in milliseconds. @default 5000 */
  readonly graceMs?: number;
  /** Whether Electron reads this process's stdin. @default false */
  readonly readsStdin?: boolean;
  /** Takes the line about a crash. @default a line on stderr */
  readonly report?: Report;
}

/**
 * Runs an Electron to its end. Its stdout and stderr are this process's own, untouched; so is its stdin, where it reads one.
 *
 * @returns the exit code: Electron's own, or 128 and the signal's number where a signal ended it or the wish to end it came as one
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
    // Out of the terminal's process group: Electron takes its first signal as a wish to quit and dies of the second, so it must get one only.
    detached: process.platform !== 'win32',
  });
  const handOn = (): void => void endChild(child, graceMs, signalOf(interrupt));
  interrupt.addEventListener('abort', handOn, { once: true });
  try {
    const exit = await waitForExit(child, binary);
    if (exit.signal !== null && !interrupt.aborted) {
      report(`Electron was ended by ${exit.signal}. Set ELECTRON_ENABLE_LOGGING=1 to see what it says.`);
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

/** A run that was cut short must not look like a success; what cut it short is known best here, where the signal came. */
function exitCode({ code, signal }: Exit, interrupt: AbortSignal): number {
  if (interrupt.aborted && (!code || code > SIGNALLED)) return exitCodeOf(signalOf(interrupt));
  return signal === null ? (code ?? 1) : exitCodeOf(signal);
}

function signalOf(interrupt: AbortSignal): NodeJS.Signals {
  return interrupt.reason instanceof Interruption ? interrupt.reason.signal : 'SIGTERM';
}
