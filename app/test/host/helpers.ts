import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import type { InstanceStatus, LogEntry, SidecarOptions, StateChange } from '../../src/host/index.ts';
import { SidecarHost } from '../../src/host/index.ts';
import { work } from './fixtures/contract.mjs';

/** Restarts that are fast enough for tests. */
const quick = { minDelay: 1, maxDelay: 10, maxCrashes: 3 };

export interface TestHost {
  readonly host: SidecarHost;
  /** Folder of its sockets, which is empty when all processes have ended. */
  readonly folder: string;
  /** All states that it has reported. */
  readonly states: string[];
  readonly logs: LogEntry[];
}

/** Creates a host with one sidecar. It is stopped when the test ends. */
export async function createHost(options: Partial<SidecarOptions> = {}): Promise<TestHost> {
  const folder = await createFolder();
  const restart = { ...quick, ...options.restart };
  const sidecar = { contract: work, launcher: forkLauncher(), entry: fixture('worker.mjs'), ...options, restart };
  const host = new SidecarHost({ sidecars: { work: sidecar }, socketFolder: folder });
  onTestFinished(() => host.stop({ drain: 0 }));
  const states: string[] = [];
  const logs: LogEntry[] = [];
  host.on('state', ({ instance, state }) => states.push(`${instance} ${state}`));
  host.on('log', (entry) => logs.push(entry));
  return { host, folder, states, logs };
}

export async function startHost(options: Partial<SidecarOptions> = {}): Promise<TestHost> {
  const test = await createHost(options);
  await test.host.start();
  return test;
}

/** Resolves with the next change for which `isIt` returns true. */
export function nextState(host: SidecarHost, isIt: (change: StateChange) => boolean): Promise<StateChange> {
  return new Promise((resolve) => {
    const listen = (change: StateChange): void => {
      if (!isIt(change)) return;
      host.off('state', listen);
      resolve(change);
    };
    host.on('state', listen);
  });
}

export function nextLog(host: SidecarHost, isIt: (entry: LogEntry) => boolean): Promise<LogEntry> {
  return new Promise((resolve) => {
    const listen = (entry: LogEntry): void => {
      if (!isIt(entry)) return;
      host.off('log', listen);
      resolve(entry);
    };
    host.on('log', listen);
  });
}

/** Makes a `hold` call. Resolves when a process works on it. */
export async function hold(
  host: SidecarHost,
  options: { readonly signal?: AbortSignal; readonly key?: string } = {},
): Promise<{ readonly result: Promise<string> }> {
  let result: Promise<string> = Promise.resolve('');
  await new Promise<void>((resolve, reject) => {
    result = host.client(work).hold(null, { ...options, onProgress: () => resolve() });
    result.catch(reject);
  });
  return { result };
}

export function firstRow(host: SidecarHost): InstanceStatus {
  const row = host.status().at(0);
  if (row === undefined) throw new Error('the host has no instance');
  return row;
}

/** Ends the process of the first instance, as somebody else than its host. */
export function kill(host: SidecarHost): void {
  const { pid } = firstRow(host);
  if (pid === undefined) throw new Error('the first instance has no process');
  process.kill(pid, 'SIGKILL');
}

/** How the end of a process is told that somebody else than its parent has killed. */
export const killed =
  process.platform === 'win32' ? { exitCode: 1, signal: null } : { exitCode: null, signal: 'SIGKILL' };

/** Whether a process with that id exists. Use it only for ids that no other process can have got in the meantime. */
export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'host-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function filesIn(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true });
}

/** A figure that only Linux tells of another process; `status()` has null elsewhere. */
export function onLinux(figure: unknown): unknown {
  return process.platform === 'linux' ? figure : null;
}

/** How many files a host has in its socket folder: for each process a folder with a socket in it. Pipes of Windows are no files. */
export function filesOf(count: { readonly processes: number }): number {
  return 2 * socketsOf(count);
}

export function socketsOf({ processes }: { readonly processes: number }): number {
  return process.platform === 'win32' ? 0 : processes;
}

/** The sockets among the files of a host's socket folder. */
export async function socketsIn(folder: string): Promise<string[]> {
  return (await filesIn(folder)).filter((name) => name.endsWith('host'));
}

export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}
