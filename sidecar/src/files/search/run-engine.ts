import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import type { FolderPath } from '#contracts/files';
import { abortable } from '../abortable.ts';
import { engineStartError } from '../errors.ts';
import { mergeStreams } from './merge-streams.ts';

export interface EngineRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: FolderPath;
  /** What the program reads from its standard input. @default nothing */
  readonly input?: Uint8Array | undefined;
  /** Ends the program at once. */
  readonly signal: AbortSignal;
}

export interface EngineOutput {
  readonly from: 'stdout' | 'stderr';
  readonly bytes: Buffer;
}

/** The last event of a run. */
export interface EngineExit {
  readonly from: 'exit';
  readonly code: number;
}

/**
 * Runs a program and gives its output as it arrives. The program has to wait while the reader is slow, and is ended when the
 * reader stops.
 *
 * @throws FilesError `ERR_SEARCH_ENGINE` when the program can't be started, or a signal from outside ends it.
 * @throws The signal's reason, at once.
 */
export async function* runEngine(run: EngineRun): AsyncGenerator<EngineOutput | EngineExit, void, void> {
  const { signal } = run;
  signal.throwIfAborted();
  const child = start(run);
  const exit = waitForExit(child);
  const end = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', end, { once: true });
  try {
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw engineStartError(run.program, 'it has no output');
    yield* mergeStreams({ stdout, stderr }, signal);
    const { code, cause } = await abortable(exit, signal);
    if (code === null) throw engineStartError(run.program, cause);
    yield { from: 'exit', code };
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

function start({ program, args, folder, input }: EngineRun): ChildProcess {
  const { PWD: _believed, ...env } = process.env;
  const opened = typeof folder === 'string' ? undefined : openSync(Buffer.from(folder), constants.O_RDONLY);
  try {
    // A folder whose name is not UTF-8 can't be passed to `spawn`. On Linux the open folder's descriptor has a path in /proc.
    const cwd = opened === undefined ? String(folder) : `/proc/${process.pid}/fd/${opened}`;
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // A program that ends before it has read all of its input reports the reason on stderr.
    child.stdin?.on('error', () => {}).end(input);
    return child;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

async function waitForExit(child: ChildProcess): Promise<{ readonly code: number | null; readonly cause: unknown }> {
  try {
    await once(child, 'close');
    return { code: child.exitCode, cause: `${child.signalCode} ended it` };
  } catch (cause) {
    return { code: null, cause };
  }
}
