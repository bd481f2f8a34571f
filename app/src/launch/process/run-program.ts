import { execFile } from 'node:child_process';

import { endChild } from './end-child.ts';

/** The result of a program that has ended. */
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
  /** Time after which the program is killed, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborting it ends the program, and after that rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const ABORT_GRACE_MS = 2_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program to its end, with an empty stdin, and collects its output. Resolves with any exit code, a failing one too.
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
    // Rejects only after the program has ended, because the caller may then remove the files that it was writing.
    const end = (): void => void endChild(child, ABORT_GRACE_MS).then(() => reject(signal?.reason));
    signal?.addEventListener('abort', end, { once: true });
    // A program that ends without reading its stdin closes the pipe, which is not a failure.
    child.stdin?.on('error', () => {}).end();
  });
}

/** The last lines of a program's output, for an error's message. */
export function lastLines({ stdout, stderr }: ProgramOutcome, count: number): string {
  return `${stdout}\n${stderr}`
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
