import { execFile } from 'node:child_process';

import { endChild } from './end-child.ts';

/** How a program that was run to its end came out. */
export interface ProgramOutcome {
  /** `null` when a signal, the time limit or an abort ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** @default the current folder */
  readonly cwd?: string;
  /** @default this process's environment */
  readonly env?: NodeJS.ProcessEnv;
  /** After this many milliseconds the program is killed. */
  readonly timeoutMs: number;
  /** Aborting ends the program and, once it is gone, rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const ABORT_GRACE_MS = 2_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program to its end, its input empty and its output kept.
 * A failing exit code is an outcome, not an error.
 *
 * @throws the system's error when the program can't be started, and the signal's reason when aborted
 */
export function runProgram(
  file: string,
  args: readonly string[],
  { cwd, env, timeoutMs, signal }: ProgramOptions,
): Promise<ProgramOutcome> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = { cwd, env, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES } as const;
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) return;
      if (child.pid === undefined) return reject(error);
      resolve({ code: child.exitCode, stdout, stderr });
    });
    // Whoever aborts may tidy up what the program was writing, so it has to be gone first.
    const end = (): void => void endChild(child, ABORT_GRACE_MS).then(() => reject(signal?.reason));
    signal?.addEventListener('abort', end, { once: true });
    // A program that ends without reading closes the pipe first; that is no failure.
    child.stdin?.on('error', () => {}).end();
  });
}

/** The last lines of what a program said, for an error's text. */
export function lastLines({ stdout, stderr }: ProgramOutcome, count: number): string {
  return `${stdout}\n${stderr}`
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
