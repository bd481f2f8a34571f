import { Server } from 'ipc-link';
import { type TlsIdentity, tlsTransport } from 'ipc-link/tls';
import { toError } from '../host/errors.ts';
import { forkLauncher } from '../host/fork.ts';
import type { LaunchedProcess, ProcessExit } from '../host/launcher.ts';
import { AGENT_NAME, AgentTask, fieldsOf, isText, type Launch } from './wire.ts';

/** A host that is silent for so long is lost. A host may be busy or suspended for a while, so that this is longer than the other way round. */
const HOST_LOST_MS = 15_000;
const HEARTBEAT_MS = 1_000;

/** How long an agent tries to reach the host that asked for a process. */
const CONNECT_MS = 4_000;
const RETRY_MS = 50;

/** How long the last output, and then the word of the end, may take to leave. */
const LAST_OUTPUT_MS = 200;
const LAST_WORD_MS = 1_000;

/** Between two reports of what the process uses. */
const USAGE_MS = 2_000;

/** What an agent starts under one name. */
export interface ProcessPlan {
  readonly entry: string;
  readonly args: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

/** One process that an agent runs for a host, with its own link to that host. The loss of the link ends it. */
export class AgentProcess {
  /** Resolves when the process has ended, or could not be started; never rejects. */
  readonly ended: Promise<void>;
  readonly #launch: Launch;
  readonly #server: Server;
  readonly #address: TlsIdentity & { readonly host: string; readonly port: number; readonly servername: string };
  readonly #controller = new AbortController();
  #process: LaunchedProcess | null = null;
  #isConnected = false;
  #isLeaving = false;

  constructor(launch: Launch, plan: ProcessPlan, tls: TlsIdentity) {
    this.#launch = launch;
    const { host, port, servername } = launch;
    this.#address = { host, port, servername, ...tls };
    this.#server = new Server(AGENT_NAME, {
      transport: tlsTransport(this.#address),
      secret: Buffer.from(launch.secret, 'base64'),
      autoStart: false,
      reconnect: false,
      retry: RETRY_MS,
      connectTimeout: CONNECT_MS,
      heartbeat: HEARTBEAT_MS,
      heartbeatTimeout: HOST_LOST_MS,
    });
    // What is wrong with the link ends it, which is heard below.
    this.#server.on('error', () => {});
    this.#server.on('disconnect', () => this.kill('SIGKILL'));
    this.#server.handle(AgentTask.inform, (message) => {
      this.#inform(message.data);
      message.reply();
    });
    this.#server.handle(AgentTask.kill, (message) => {
      this.kill(fieldsOf(message.data)['signal'] === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
      message.reply();
    });
    this.ended = this.#run(plan);
  }

  /** Tells the host that the machine is to be left: it sends no more calls, and ends the process when the last one has ended. */
  leave(): void {
    this.#isLeaving = true;
    if (this.#isConnected) this.#tell(AgentTask.leaving, null);
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#controller.abort();
    this.#process?.kill(signal);
  }

  async #run(plan: ProcessPlan): Promise<void> {
    const [connecting, launching] = await Promise.allSettled([
      this.#server.connectTo(this.#launch.name),
      this.#start(plan),
    ]);
    this.#isConnected = connecting.status === 'fulfilled';
    if (launching.status === 'rejected') {
      await this.#lastWord(AgentTask.failed, { reason: toError(launching.reason).message });
      return;
    }
    const launched = launching.value;
    if (!this.#isConnected || this.#controller.signal.aborted) launched.kill('SIGKILL');
    this.#tell(AgentTask.started, null);
    if (this.#isLeaving) this.leave();
    const timer = setInterval(() => this.#report(launched), USAGE_MS).unref();
    const output = Promise.all([this.#forward('stdout', launched.stdout), this.#forward('stderr', launched.stderr)]);
    const exit = await launched.exit;
    clearInterval(timer);
    void this.#finish(exit, output);
  }

  async #start({ entry, args, execArgv, env, cwd }: ProcessPlan): Promise<LaunchedProcess> {
    const { label, name } = this.#launch;
    const { signal } = this.#controller;
    const spec = { entry, args, execArgv, env, cwd, label, endpoint: name, signal };
    this.#process = await forkLauncher().launch(spec);
    return this.#process;
  }

  async #finish({ code, signal }: ProcessExit, output: Promise<unknown>): Promise<void> {
    await orAfter(LAST_OUTPUT_MS, output);
    await this.#lastWord(AgentTask.ended, { code, signal });
  }

  async #lastWord(task: string, data: unknown): Promise<void> {
    if (this.#isConnected) await this.#send(task, data, LAST_WORD_MS);
    void this.#server.close({ drain: 0 });
  }

  #inform(data: unknown): void {
    const { host, name, secret } = fieldsOf(data);
    if (!isText(host) || !isText(name) || !isText(secret)) return this.kill('SIGKILL');
    const { ca, cert, key, ...place } = this.#address;
    const tls = { ...place, ca: textOf(ca), cert: textOf(cert), key: textOf(key) };
    return this.#process?.sendLaunchInfo({ socketRoot: '', host, name, secret, tls });
  }

  #report(launched: LaunchedProcess): void {
    this.#tell(AgentTask.usage, { rss: launched.rss(), cpuTime: launched.cpuTime?.() ?? null });
  }

  /** Each piece waits until the host has room for the next one, and the process waits in turn. */
  async #forward(source: 'stdout' | 'stderr', stream: NodeJS.ReadableStream | null): Promise<void> {
    for await (const chunk of stream ?? []) {
      await this.#send(AgentTask.output, { source, chunk: Buffer.from(chunk) }, Infinity);
    }
  }

  #tell(task: string, data: unknown): void {
    void this.#send(task, data, Infinity);
  }

  /** What the host doesn't get needs no handling: the loss of the link ends the process. */
  async #send(task: string, data: unknown, timeout: number): Promise<void> {
    await this.#server.send(this.#launch.name, data, { task, timeout }).catch(() => {});
  }
}

function textOf(pem: string | Uint8Array): string {
  return Buffer.from(pem).toString();
}

async function orAfter(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
