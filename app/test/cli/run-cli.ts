import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest';

export const program = fileURLToPath(new URL('../../bundle/ipc-link.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Gives the tests of a file a folder of their own, in which their Servers and hosts listen by default. @returns Its path. */
export function useFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'cli-'));
    vi.stubEnv('XDG_RUNTIME_DIR', folder.path);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder.path, { recursive: true, force: true });
  });
  return folder;
}

/** Starts the command line as users have it. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  return startProcess(process.execPath, [program, ...args], { ...process.env, ...env });
}

/** Starts a process, which is killed when the test ends. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ChildProcessWithoutNullStreams {
  const child = spawn(command, args, { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs the command line to its end. @param input What it reads from stdin. */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Finished> {
  const child = startCli(args, env);
  child.stdin.end(input);
  return finished(child);
}

export async function finished(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code]: (number | null)[] = await once(child, 'close');
  return { code: code ?? null, stdout: stdout(), stderr: stderr() };
}

/** Resolves as soon as what the stream has brought matches. @returns All of it so far. */
export function untilText(stream: NodeJS.ReadableStream, wanted: RegExp): Promise<string> {
  const text = collect(stream);
  return new Promise((resolve, reject) => {
    stream.on('data', () => {
      if (wanted.test(text())) resolve(text());
    });
    stream.once('end', () => reject(new Error(`the output ended without ${String(wanted)}: ${text()}`)));
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}
