import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { tlsTransport } from 'ipc-link/tls';
import { checkObject, readDrain } from '../host/check-options.ts';
import { reduceEnvironment } from '../host/env.ts';
import { configError } from '../host/errors.ts';
import type { DrainOptions } from '../host/types.ts';
import { MachineLoad } from './agent-load.ts';
import { Offers } from './agent-offers.ts';
import { AgentProcess, type ProcessPlan } from './agent-process.ts';
import { offerPurpose } from './ask-agents.ts';
import { checkMax, checkToken, type ResolvedGroup, resolveGroup } from './check-options.ts';
import { connectNats, explainEnd } from './connect-nats.ts';
import { unreachableServersError } from './errors.ts';
import type { GroupOptions } from './options.ts';
import { orLater } from './or-later.ts';
import { groupKey, open, seal } from './seal.ts';
import {
  type AgentStatus,
  type Launch,
  type LaunchAnswer,
  type Offer,
  readFind,
  readLaunch,
  readLaunchRequest,
  subjectsOf,
} from './wire.ts';

/** Options of `runAgent`. */
export interface AgentOptions extends GroupOptions {
  /** All that this agent starts, by the names that apps ask for. Nothing that comes from elsewhere is ever run. */
  readonly entries: Readonly<Record<string, AgentEntry>>;
  /** Processes at once. @default one per processor */
  readonly max?: number;
  /** What becomes of processes, in one line each. @default nothing is said */
  readonly log?: (message: string) => void;
}

/** A sidecar that an agent may start. */
export interface AgentEntry {
  /** Its JavaScript, as an absolute path or file URL. */
  readonly entry: string | URL;
  /** @default [] */
  readonly args?: readonly string[];
  /** Options for Node itself. @default [] */
  readonly execArgv?: readonly string[];
  /** Added to the few variables that a sidecar inherits from its agent; `undefined` takes one away. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default the agent's */
  readonly cwd?: string;
}

/** An agent that runs. */
export interface Agent extends AsyncDisposable {
  /** Its own name, new for each start: the machine's with a random part. */
  readonly name: string;
  status(): AgentStatus;
  /** Resolves when it was stopped; rejects with LinkError `ERR_SIDECAR_LAUNCH` when NATS will not have it any more. */
  readonly closed: Promise<void>;
  /**
   * Takes nothing more and asks the hosts to leave. Each lets the calls of its process finish and starts another one elsewhere.
   *
   * @param options.drain How long that may take, in milliseconds; what runs then is ended. @default 30_000
   * @returns Resolves when nothing runs any more.
   * @throws LinkError `ERR_SIDECAR_CONFIG` for a `drain` that can't be.
   */
  stop(options?: DrainOptions): Promise<void>;
}

const CALL = 'runAgent()';
const DEFAULT_DRAIN_MS = 30_000;
/** How long a process may take to end after SIGTERM. */
const TERMINATE_MS = 2_000;

/**
 * Offers this machine to the apps of a group: starts the named entries when they ask for them, and ends each when its app is gone.
 *
 * @returns Resolves when NATS is connected; waits for a server where none runs yet.
 * @throws LinkError `ERR_SIDECAR_CONFIG` or `ERR_LINK_INVALID_ARGUMENT` for an option that can't be, `ERR_SIDECAR_LAUNCH` when a NATS server refuses it.
 */
export async function runAgent(options: AgentOptions): Promise<Agent> {
  const group = resolveGroup(CALL, options);
  const plans = resolveEntries(options.entries);
  const { max = availableParallelism(), log = () => {} } = options;
  checkMax(max, CALL);
  // Whether the certificate can be used is to be known now, not with the first launch.
  tlsTransport({ host: 'localhost', port: 0, ...group.tls });
  const name = `${hostname()
    .replaceAll(/[^\w-]/g, '-')
    .slice(0, 50)}-${randomBytes(4).toString('hex')}`;
  const agent = new RunningAgent(group, { name, plans, max, log });
  await agent.start();
  return agent;
}

interface AgentPlan {
  readonly name: string;
  readonly plans: ReadonlyMap<string, ProcessPlan>;
  readonly max: number;
  readonly log: (message: string) => void;
}

class RunningAgent implements Agent {
  readonly closed: Promise<void>;
  readonly #group: ResolvedGroup;
  readonly #plan: AgentPlan;
  readonly #key: Uint8Array;
  readonly #offers = new Offers();
  readonly #load = new MachineLoad();
  readonly #processes = new Set<AgentProcess>();
  #nats: NatsConnection | null = null;
  #isLeaving = false;
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } = {
    resolve: () => {},
    reject: () => {},
  };

  constructor(group: ResolvedGroup, plan: AgentPlan) {
    this.#group = group;
    this.#plan = plan;
    this.#key = groupKey(group.secret, group.group);
    this.closed = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.closed.catch(() => {});
  }

  get name(): string {
    return this.#plan.name;
  }

  status(): AgentStatus {
    const { name: agent, max, plans } = this.#plan;
    const entries = [...plans.keys()];
    const load = this.#load.current;
    return { agent, running: this.#processes.size, max, load, entries, isLeaving: this.#isLeaving };
  }

  async start(): Promise<void> {
    const nats = await connectNats(this.#group, `ipc-link agent ${this.name}`);
    this.#nats = nats;
    const subjects = subjectsOf(this.#group.group);
    listen(nats, subjects.find, (message) => this.#answer(message));
    listen(nats, subjects.launch(this.name), (message) => this.#take(message));
    void nats.closed().then((error) => {
      if (!this.#isLeaving)
        this.#settle.reject(unreachableServersError(this.#group.servers, new Error(explainEnd(error))));
    });
    await nats.flush();
  }

  async stop(options: DrainOptions = {}): Promise<void> {
    const drain = readDrain('agent.stop(options)', options, DEFAULT_DRAIN_MS);
    this.#isLeaving = true;
    const processes = [...this.#processes];
    for (const each of processes) each.leave();
    const ended = Promise.all(processes.map((each) => each.ended)).then(() => true);
    for (const [ms, signal] of [[drain, 'SIGTERM'] as const, [TERMINATE_MS, 'SIGKILL'] as const]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      if (!(await orLater(ended, ms, false))) for (const each of this.#processes) each.kill(signal);
    }
    await ended;
    this.#load.stop();
    await this.#nats?.close();
    this.#settle.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  get #hasRoom(): boolean {
    return !this.#isLeaving && this.#processes.size < this.#plan.max;
  }

  /** Whatever wasn't sealed by the group gets no answer. */
  #answer(message: Msg): void {
    const find = readFind(open(this.#key, 'find', message.data));
    if (find === null) return;
    const { entry, nonce } = find;
    if (entry !== null && (!this.#hasRoom || !this.#plan.plans.has(entry))) return;
    const offer: Offer = { ...this.status(), ...this.#offers.make() };
    message.respond(seal(this.#key, offerPurpose(nonce), offer));
  }

  #take(message: Msg): void {
    const request = readLaunchRequest(parse(message));
    const key = request === null ? null : this.#offers.take(this.#key, request);
    if (request === null || key === null) return;
    const launch = readLaunch(open(key, 'launch', Buffer.from(request.sealed, 'base64')));
    if (launch === null) return;
    const plan = this.#hasRoom ? this.#plan.plans.get(launch.entry) : undefined;
    const answer: LaunchAnswer = { isAccepted: plan !== undefined };
    message.respond(seal(key, 'answer', answer));
    if (plan !== undefined) this.#launch(launch, plan);
  }

  #launch(launch: Launch, plan: ProcessPlan): void {
    const { log } = this.#plan;
    const { tls } = this.#group;
    const launched = new AgentProcess(launch, plan, tls);
    this.#processes.add(launched);
    log(`${launch.label}: starting ${launch.entry} for ${launch.host}:${launch.port}`);
    void launched.ended.then(() => {
      this.#processes.delete(launched);
      log(`${launch.label}: ended`);
    });
  }
}

/** @throws LinkError `ERR_SIDECAR_CONFIG` */
function resolveEntries(entries: AgentOptions['entries']): ReadonlyMap<string, ProcessPlan> {
  checkObject("'entries'", entries, CALL);
  const plans = Object.entries(entries).map(([name, given]): [string, ProcessPlan] => {
    checkToken('entries', name, CALL);
    checkObject(`'entries.${name}'`, given, CALL);
    const { entry, args = [], execArgv = [], env = {}, cwd } = given;
    if (!(entry instanceof URL) && typeof entry !== 'string') {
      throw configError(`'entries.${name}.entry'`, 'must be an absolute path or a file: URL', CALL);
    }
    const path = entry instanceof URL || entry.startsWith('file:') ? fileURLToPath(entry) : entry;
    return [name, { entry: path, args, execArgv, env: reduceEnvironment(process.env, env), cwd }];
  });
  if (plans.length === 0) throw configError("'entries'", 'must name at least one sidecar', CALL);
  return new Map(plans);
}

function listen(nats: NatsConnection, subject: string, take: (message: Msg) => void): void {
  nats.subscribe(subject, {
    callback: (error, message) => {
      // A subscription that fails ends with its connection, whose end is heard.
      if (error === null) take(message);
    },
  });
}

function parse(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return null;
  }
}
