import { PassThrough } from 'node:stream';
import { Server, type Transport } from 'ipc-link';
import { createLog, formatLogRecord, type LaunchInfo, type Log, LOG_TASK, type LogRecord } from 'ipc-link/contract';
import type { LaunchedProcess, ProcessExit } from '../host/launcher.ts';

/** Adds the handlers of a contract to a Server, each request with a log of its own. */
export type ServeContract = (server: Server, startLog: (requestId: string) => Log) => void;

/** A sidecar without a process, as its host sees it. */
export class InProcessSidecar implements LaunchedProcess {
  readonly pid: undefined = undefined;
  readonly stdout: null = null;
  readonly stderr: PassThrough = new PassThrough();
  readonly exit: Promise<ProcessExit>;
  readonly #transport: Transport;
  readonly #serve: ServeContract;
  #resolveExit: (exit: ProcessExit) => void = () => {};
  #server: Server | null = null;
  #hasEnded = false;

  constructor(transport: Transport, serve: ServeContract) {
    this.#transport = transport;
    this.#serve = serve;
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
  }

  /** Connects to the host, and ends when the host is gone, as a process does. */
  sendLaunchInfo({ host, name, secret }: LaunchInfo): void {
    const server = new Server(name, {
      transport: this.#transport,
      secret: Buffer.from(secret, 'base64'),
      autoStart: false,
      heartbeat: Infinity,
    });
    this.#server = server;
    const leave = (): void => this.end({ code: 0, signal: null });
    server.on('error', (error) => this.#print(error.message));
    server.on('disconnect', leave);
    this.#serve(server, (requestId) => createLog((record) => this.#log(server, host, record), requestId));
    server.connectTo(host).catch((error: unknown) => {
      this.#print(String(error));
      leave();
    });
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.end({ code: null, signal });
  }

  rss(): null {
    return null;
  }

  /** Does nothing once it has ended. @param stderr What it prints last. */
  end(exit: ProcessExit, stderr = ''): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.stderr.end(stderr);
    this.#server?.destroy();
    this.#resolveExit(exit);
  }

  /** What can't travel is printed, as a sidecar does. */
  #log(server: Server, host: string, record: LogRecord): void {
    server.send(host, record, { task: LOG_TASK }).catch(() => this.#print(formatLogRecord(record)));
  }

  #print(line: string): void {
    if (!this.#hasEnded) this.stderr.write(`${line}\n`);
  }
}
