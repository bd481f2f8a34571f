import type { Transport } from 'ipc-link';
import { LAUNCH_MESSAGE, type LaunchInfo, type LaunchMessage } from 'ipc-link/contract';
import type { PortMessage } from '#port';

/** What a launcher is told of the process that it is to start. */
export interface LaunchSpec {
  /** The sidecar's JavaScript; a launcher of other executables does without. */
  readonly entry: string | undefined;
  readonly args: readonly string[];
  /** Options for the runtime itself, such as `--inspect=0`. Ignored where the executable isn't Node. */
  readonly execArgv: readonly string[];
  /** The whole environment, reduced already. */
  readonly env: Readonly<Record<string, string>>;
  /** @default the host's */
  readonly cwd: string | undefined;
  /** Shown in process lists where the system has a place for it. */
  readonly label: string;
  /** Path of the socket or pipe on which the host waits for the sidecar; a name where the launcher has a transport of its own. No secret. */
  readonly endpoint: string;
  /** Aborted when the process is no longer wanted, for launchers that have to wait before there is one. */
  readonly signal: AbortSignal;
}

/** How a process ended: with an exit code or by a signal. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why no more than the end is known, say because the machine that it ran on is lost. Code and signal are null then. */
  readonly cause?: Error;
}

/** A running sidecar: what its host has to know of it and can do with it. */
export interface LaunchedProcess {
  /** undefined where it is none of this machine. */
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  /** Settles once, when the process has ended; never rejects. */
  readonly exit: Promise<ProcessExit>;
  /**
   * Settles when whatever runs the process wants it to end, say because its machine is shut down. The host gives it no more calls and starts
   * another one in its place. Never rejects. @default it is never asked to end
   */
  readonly leaving?: Promise<void>;
  /** Hands over endpoint and secret. Does nothing where the process has ended already; `exit` tells that. */
  sendLaunchInfo(info: LaunchInfo): void;
  /** Signals the process while it runs. Does nothing afterwards, because its number may belong to another process by then. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Hands over a message port; absent where the process can't take one. */
  sendPort?(message: PortMessage, port: unknown): void;
  /** Memory that it occupies, in bytes; null where that can't be told. */
  rss(): number | null;
  /** Processor time that it has used so far, in milliseconds; null where that can't be told, which it is taken for when absent. */
  cpuTime?(): number | null;
}

/** One way to start a sidecar. */
export interface Launcher {
  /** Whether its processes can be given message ports. @default false */
  readonly takesPorts?: boolean;
  /** How its processes reach the host. @default a socket, or a pipe on Windows, that is made anew for each launch */
  readonly transport?: Transport;
  /**
   * Resolves once the process exists.
   *
   * @throws LinkError `ERR_SIDECAR_LAUNCH` when it can't be started, `ERR_SIDECAR_ENTRY` when there is no such entry.
   */
  launch(spec: LaunchSpec): Promise<LaunchedProcess>;
}

/** What travels over the launcher's private channel. */
export function launchMessage(info: LaunchInfo): LaunchMessage {
  return { type: LAUNCH_MESSAGE, info };
}
