import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { type Message, Server } from 'ipc-link';
import type { LaunchInfo } from 'ipc-link/contract';
import type { TlsTransport } from 'ipc-link/tls';
import type { LaunchedProcess, ProcessExit } from '../host/launcher.ts';
import { agentFailedError, lostAgentError } from './errors.ts';
import { AGENT_NAME, AgentTask, fieldsOf, isAmount } from './wire.ts';

/**
 * How often an agent is asked for a sign of life, within the time after which it is given up. What it said last may have come just after a look, so
 * that a machine that is lost without a word is noticed after four thirds of that time at the latest.
 */
const LOOKS = 3;

/** A process that an agent runs elsewhere, as the host sees it, over a link of its own to that agent. */
export class RemoteProcess implements LaunchedProcess {
  readonly pid: undefined = undefined;
  readonly stdout: PassThrough = new PassThrough();
  readonly stderr: PassThrough = new PassThrough();
  readonly exit: Promise<ProcessExit>;
  readonly leaving: Promise<void>;
  /** The name and the secret with which the agent has to connect. */
  readonly name: string = `ipc-link-agent-${randomBytes(16).toString('hex')}`;
  readonly secret: Uint8Array = randomBytes(32);
  /** Whether the process runs: false where the agent was lost before. Rejects when the agent says that it can't be started. */
  readonly started: Promise<boolean>;
  readonly #server: Server;
  readonly #agent: string;
  readonly #started = deferred<boolean>();
  readonly #leaving = deferred<void>();
  #resolveExit: (exit: ProcessExit) => void = () => {};
  #hasEnded = false;
  #rss: number | null = null;
  #cpuTime: number | null = null;

  /** @param agent Its name, for errors, and how many milliseconds it may be silent. */
  constructor(transport: TlsTransport, agent: { readonly name: string; readonly lostAfterMs: number }) {
    this.#agent = agent.name;
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
    this.leaving = this.#leaving.promise;
    this.started = this.#started.promise;
    // Whoever waits for it may have given it up.
    this.started.catch(() => {});
    this.#server = new Server(this.name, {
      transport,
      secret: this.secret,
      autoStart: false,
      heartbeat: agent.lostAfterMs / LOOKS,
      heartbeatTimeout: agent.lostAfterMs,
    });
    this.#serve(this.#server);
  }

  /** @throws LinkError `ERR_LINK_LISTEN` when the host's port can't be had. */
  async listen(): Promise<void> {
    await this.#server.start().whenReady();
  }

  sendLaunchInfo({ host, name, secret }: LaunchInfo): void {
    this.#tell(AgentTask.inform, { host, name, secret });
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#tell(AgentTask.kill, { signal });
  }

  rss(): number | null {
    return this.#rss;
  }

  cpuTime(): number | null {
    return this.#cpuTime;
  }

  /** Lets go of it: its agent ends whatever it has started for it. */
  abandon(): void {
    this.#end({ code: null, signal: null, cause: lostAgentError(this.#agent) });
  }

  #serve(server: Server): void {
    // A stranger who comes this far knows the name, which nobody is told but the agent.
    server.on('error', () => {});
    server.on('disconnect', (peer) => {
      if (peer === AGENT_NAME) this.abandon();
    });
    const on = (task: string, take: (data: Record<string, unknown>) => void | Promise<void>): void => {
      server.handle(task, async (message: Message) => {
        await take(fieldsOf(message.data));
        message.reply();
      });
    };
    on(AgentTask.started, () => this.#started.resolve(true));
    on(AgentTask.failed, ({ reason }) => {
      this.#started.reject(agentFailedError(this.#agent, String(reason)));
      this.abandon();
    });
    on(AgentTask.leaving, () => this.#leaving.resolve());
    on(AgentTask.output, ({ source, chunk }) => this.#print(source, chunk));
    on(AgentTask.usage, ({ rss, cpuTime }) => {
      this.#rss = isAmount(rss) ? rss : null;
      this.#cpuTime = isAmount(cpuTime) ? cpuTime : null;
    });
    on(AgentTask.ended, ({ code, signal }) => this.#end(readExit(code, signal)));
  }

  /** @returns Resolves when there is room for more. */
  #print(source: unknown, chunk: unknown): Promise<void> | void {
    if (!(chunk instanceof Uint8Array) || this.#hasEnded) return undefined;
    const stream = source === 'stdout' ? this.stdout : this.stderr;
    if (stream.write(chunk)) return undefined;
    return Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), this.exit.then(() => {})]);
  }

  /** What an agent that is gone doesn't get needs no handling: its end is told by the link. */
  #tell(task: string, data: unknown): void {
    if (!this.#hasEnded) this.#server.send(AGENT_NAME, data, { task }).catch(() => {});
  }

  #end(exit: ProcessExit): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#started.resolve(false);
    this.stdout.end();
    this.stderr.end();
    this.#rss = null;
    this.#resolveExit(exit);
    // With a goodbye, so that the agent knows that its last word has arrived.
    void this.#server.close({ drain: 0 });
  }
}

function readExit(code: unknown, signal: unknown): ProcessExit {
  return { code: Number.isInteger(code) ? Number(code) : null, signal: isSignal(signal) ? signal : null };
}

function isSignal(value: unknown): value is NodeJS.Signals {
  return typeof value === 'string' && /^SIG[A-Z0-9]{2,10}$/.test(value);
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> = { resolve: () => {}, reject: () => {} };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}
