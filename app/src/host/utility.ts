import { constants } from 'node:os';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { readCpuTime } from './cpu-time.ts';
import { checkEntry, checkFolder, sourceMapOptions } from './entry.ts';
import { launchError } from './errors.ts';
import { startOrExplain } from './launch-failure.ts';
import { launchMessage, type LaunchedProcess, type Launcher, type ProcessExit } from './launcher.ts';
import { checkObject } from './check-options.ts';
import { readRss } from './rss.ts';

/** Options of `utilityLauncher`. */
export interface UtilityOptions {
  /** Options for Node in front of the entry. @default [] */
  readonly execArgv?: readonly string[];
  /** macOS: run in the helper that may load unsigned libraries, for native modules of others. @default false */
  readonly allowLoadingUnsignedLibraries?: boolean;
}

/**
 * Starts sidecars with Electron's `utilityProcess`, which works with the `runAsNode` fuse off and from inside app.asar.
 * The secret travels over its message port. Waits for the app to be ready, as Electron demands.
 *
 * @throws LinkError `ERR_SIDECAR_CONFIG`
 */
export function utilityLauncher(given: UtilityOptions = {}): Launcher {
  checkObject('its options', given, 'utilityLauncher()');
  const { execArgv = [], ...options } = given;
  return {
    takesPorts: true,
    async launch({ entry, args, execArgv: more, env, cwd, label }) {
      const path = checkEntry(entry, label, 'utilityLauncher');
      const { app, utilityProcess } = await importElectron();
      await app.whenReady();
      // Electron itself starts a process in a folder that is missing, and that process crashes.
      await checkFolder(cwd, path);
      const nodeOptions = [...(await sourceMapOptions(path)), ...execArgv, ...more];
      const child = startOrExplain(path, () =>
        utilityProcess.fork(path, [...args], {
          ...options,
          ...(cwd === undefined ? {} : { cwd }),
          env,
          execArgv: nodeOptions,
          serviceName: label,
          // Electron takes nothing but 'ignore' for stdin.
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      return adopt(child, path, app);
    },
  };
}

/** Outside Electron's main process there is nothing to import, so this is done only when a process is to be started. */
async function importElectron(): Promise<typeof Electron.CrossProcessExports> {
  if (process.type === 'browser') return import('electron');
  const cause = new Error("this is not Electron's main process; use forkLauncher() in plain Node");
  throw launchError('utilityLauncher', cause);
}

async function adopt(child: UtilityProcess, entry: string, app: Electron.App): Promise<LaunchedProcess> {
  const exit = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (status) => resolve(readStatus(status)));
  });
  // Ignored, because V8 prints the same on stderr.
  child.on('error', () => {});
  const spawned = new Promise<void>((resolve) => {
    child.once('spawn', () => resolve());
  });
  const early = await Promise.race([spawned, exit]);
  if (early !== undefined)
    throw launchError(entry, new Error(`the process ended with status ${early.code ?? early.signal}`));
  return {
    pid: child.pid,
    stdout: keepReadable(child.stdout),
    stderr: keepReadable(child.stderr),
    exit,
    sendLaunchInfo: (info) => child.postMessage(launchMessage(info)),
    sendPort: (message, port) => child.postMessage(message, isPort(port) ? [port] : []),
    kill: (signal) => killWhileRunning(child, signal),
    rss: () => readRss(child.pid) ?? readMemory(child, app),
    cpuTime: () => readCpuTime(child.pid) ?? readCumulativeTime(child, app),
  };
}

/**
 * Electron's own `kill` sends SIGTERM only, and reports the end that follows as an exit with code 0. `child.pid` is read each
 * time, since Electron takes it away when it learns of the exit.
 */
function killWhileRunning(child: UtilityProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill();
    return;
  }
  try {
    process.kill(child.pid, signal);
  } catch {
    // It ended in between: its 'exit' is on the way.
  }
}

/**
 * Electron hands on what waitpid gives: the number of the signal, with 128 added where a core was dumped, but an exit code as
 * it is. `process.exit(9)` therefore looks like SIGKILL; 1 and 2 are read as exit codes, since that is what they nearly always
 * are. Of a process that could not become the program (its environment is too long, say) the code is in the upper half, as waitpid has it.
 */
function readStatus(status: number): ProcessExit {
  if (process.platform === 'win32') return { code: status, signal: null };
  if (status > 0xff) return { code: status >> 8, signal: null };
  const name = deadlySignals.find((signal) => constants.signals[signal] === (status & 0x7f));
  return name === undefined ? { code: status, signal: null } : { code: null, signal: name };
}

function isPort(value: unknown): value is MessagePortMain {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

function readMemory(child: UtilityProcess, app: Electron.App): number | null {
  const metrics = app.getAppMetrics().find(({ pid }) => pid === child.pid);
  // Electron counts in KiB, and has 0 where it has not counted yet.
  return metrics === undefined || metrics.memory.workingSetSize === 0 ? null : metrics.memory.workingSetSize * 1_024;
}

/** Electron counts in seconds, and releases before 34 don't. */
function readCumulativeTime(child: UtilityProcess, app: Electron.App): number | null {
  const seconds = app.getAppMetrics().find(({ pid }) => pid === child.pid)?.cpu.cumulativeCPUUsage;
  return seconds === undefined ? null : seconds * 1_000;
}

const deadlySignals = [
  'SIGKILL',
  'SIGTERM',
  'SIGSEGV',
  'SIGABRT',
  'SIGTRAP',
  'SIGBUS',
  'SIGILL',
  'SIGFPE',
  'SIGXCPU',
] as const;

/**
 * When Electron reports the exit it removes all listeners from stdout and stderr, though the last lines, which may say why the
 * process ended, are still in the pipe. So it is kept from that; the streams end by themselves right after.
 */
function keepReadable(stream: NodeJS.ReadableStream | null): NodeJS.ReadableStream | null {
  if (stream === null) return null;
  stream.on('error', () => {});
  return Object.assign(stream, { removeAllListeners: () => stream });
}
