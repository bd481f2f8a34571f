import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { tlsTransport, type TlsTransport } from 'ipc-link/tls';
import { checkObject } from '../host/check-options.ts';
import { configError } from '../host/errors.ts';
import type { LaunchedProcess, Launcher, LaunchSpec } from '../host/launcher.ts';
import { askAgents } from './ask-agents.ts';
import { checkToken, type ResolvedGroup, resolveGroup } from './check-options.ts';
import { connectNats } from './connect-nats.ts';
import { noPlaceError } from './errors.ts';
import type { GroupOptions } from './options.ts';
import { orLater } from './or-later.ts';
import { Placement } from './placement.ts';
import { RemoteProcess } from './remote-process.ts';
import { createAgreementKeys, groupKey, launchKey, open, seal } from './seal.ts';
import { SharedConnection } from './shared-connection.ts';
import { type AgentStatus, type Launch, type LaunchRequest, type Offer, readLaunchAnswer, subjectsOf } from './wire.ts';

/** Options of `natsLauncher`. */
export interface NatsLauncherOptions extends GroupOptions {
  /** What agents are to start: a name of their allow-lists. */
  readonly entry: string;
  /** Where this app is reached by the agents' machines. */
  readonly listen: ListenOptions;
  /**
   * How long an agent may be silent, in milliseconds, before its process is given up: its calls reject, and it is started elsewhere. A machine that is
   * lost without a word is noticed within four thirds of it. Raise it where machines are so busy that an agent may have to wait that long for a processor.
   *
   * @default 1_200
   */
  readonly lostAfter?: number;
}

/** Where an app is reached over TLS. */
export interface ListenOptions {
  /** The address to listen on; '0.0.0.0' or '::' for all that the machine has. */
  readonly host: string;
  /** @default 0, which lets the system choose one */
  readonly port?: number;
  /** The address that agents are told. @default `host` */
  readonly advertise?: string;
  /** The name that this app's certificate is for. @default what agents are told */
  readonly servername?: string;
}

/** Starts sidecars on other machines. */
export interface NatsLauncher extends Launcher {
  readonly transport: TlsTransport;
  /**
   * How the agents of the group are doing, as they say themselves.
   *
   * @throws LinkError `ERR_SIDECAR_LAUNCH` when a NATS server refuses this client, `ERR_SIDECAR_CONFIG` when NATS's package isn't installed.
   */
  agents(): Promise<readonly AgentStatus[]>;
}

const CALL = 'natsLauncher()';

/** How long an agent may take to answer, and then to start what it has accepted, in milliseconds. */
const ANSWER_MS = 1_000;
const START_MS = 5_000;

/** Two for each process: its own and its agent's. */
const MAX_CONNECTIONS = 8_192;

/**
 * Starts sidecars on whatever machine of a group has the most room: an agent there (`runAgent`, `ipc-link agent`) starts the entry and
 * the sidecar connects to this app over TLS. NATS is only asked for the place: calls never go through it.
 *
 * A launch waits while no agent has a free slot, for as long as the sidecar's `startTimeout`. `args`, `execArgv` and `cwd` are the
 * agent's to decide, and `env` isn't sent.
 *
 * ```ts
 * const launcher = natsLauncher({ servers, group: 'render', secret, entry: 'render', tls, listen: { host: '10.0.0.5', port: 7400 } });
 * const host = new SidecarHost({ sidecars: { render: { contract, launcher, instances: 10 } } });
 * ```
 *
 * @throws LinkError `ERR_SIDECAR_CONFIG` or `ERR_LINK_INVALID_ARGUMENT` for an option that can't be.
 */
export function natsLauncher(options: NatsLauncherOptions): NatsLauncher {
  const group = resolveGroup(CALL, options);
  const entry = checkToken('entry', options.entry, CALL);
  checkObject("'listen'", options.listen, CALL);
  const { lostAfter = 1_200 } = options;
  if (typeof lostAfter !== 'number' || !(lostAfter >= 100)) {
    throw configError("'lostAfter'", 'must be milliseconds from 100 on, or Infinity for never', CALL);
  }
  const { host, port = 0, advertise = host, servername = advertise } = options.listen;
  if (advertise === '0.0.0.0' || advertise === '::') {
    throw configError("'listen.advertise'", 'must be an address at which agents reach this app', CALL);
  }
  const transport = tlsTransport({ host, port, ...group.tls, maxConnections: MAX_CONNECTIONS });
  const launches = new Launches(group, { entry, transport, address: { host: advertise, servername }, lostAfter });
  return { transport, launch: (spec) => launches.launch(spec), agents: () => launches.agents() };
}

interface Place {
  readonly entry: string;
  readonly transport: TlsTransport;
  /** What agents are told, besides the port. */
  readonly address: { readonly host: string; readonly servername: string };
  readonly lostAfter: number;
}

class Launches {
  readonly #group: ResolvedGroup;
  readonly #place: Place;
  readonly #key: Uint8Array;
  readonly #nats: SharedConnection;
  readonly #placement: Placement;

  constructor(group: ResolvedGroup, place: Place) {
    this.#group = group;
    this.#place = place;
    this.#key = groupKey(group.secret, group.group);
    this.#nats = new SharedConnection(() => connectNats(group, `ipc-link app ${place.entry}`));
    const { entry } = place;
    this.#placement = new Placement({ group: group.group, entry, ask: () => this.#ask(entry) });
  }

  async agents(): Promise<readonly AgentStatus[]> {
    this.#nats.use();
    try {
      const offers = await this.#ask(null);
      return offers.map(toStatus);
    } finally {
      this.#nats.release();
    }
  }

  async launch(spec: LaunchSpec): Promise<LaunchedProcess> {
    checkSpec(spec);
    this.#nats.use();
    try {
      const launched = await this.#findPlace(spec);
      void launched.exit.then(() => this.#nats.release());
      return launched;
    } catch (error) {
      this.#nats.release();
      throw error;
    }
  }

  async #ask(entry: string | null): Promise<Offer[]> {
    const subjects = subjectsOf(this.#group.group);
    return askAgents(await this.#nats.get(), { key: this.#key, subjects, entry });
  }

  /** Goes from agent to agent until one has started it. */
  async #findPlace({ label, signal }: LaunchSpec): Promise<RemoteProcess> {
    const refused = new Set<string>();
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- the next agent is asked when the one before has refused
      const offer = await orAborted(this.#placement.take(signal, refused), signal, () => this.#noPlace());
      // oxlint-disable-next-line no-await-in-loop -- as above
      const launched = await this.#tryAt(offer, label, signal);
      if (launched !== null) return launched;
      refused.add(offer.offer);
    }
  }

  /** @returns null where the agent doesn't take it after all, or is lost. @throws When it can't start it. */
  async #tryAt(offer: Offer, label: string, signal: AbortSignal): Promise<RemoteProcess | null> {
    const launched = new RemoteProcess(this.#place.transport, {
      name: offer.agent,
      lostAfterMs: this.#place.lostAfter,
    });
    try {
      await launched.listen();
      if (await this.#isAccepted(offer, launched, label)) {
        const isStarted = orLater(launched.started, START_MS, false);
        if (await orAborted(isStarted, signal, () => this.#noPlace())) return launched;
      }
    } catch (error) {
      launched.abandon();
      throw error;
    }
    launched.abandon();
    return null;
  }

  async #isAccepted(offer: Offer, launched: RemoteProcess, label: string): Promise<boolean> {
    const keys = createAgreementKeys();
    const said = [offer.offer, offer.key, keys.publicKey];
    const key = launchKey(this.#key, { keys, theirs: offer.key, said });
    const { port } = this.#place.transport;
    if (key === null || port === undefined) return false;
    const { name, secret } = launched;
    const { entry, address } = this.#place;
    const launch: Launch = { entry, label, ...address, port, name, secret: Buffer.from(secret).toString('base64') };
    const sealed = Buffer.from(seal(key, 'launch', launch)).toString('base64');
    const request: LaunchRequest = { offer: offer.offer, key: keys.publicKey, sealed };
    const reply = await askOne(await this.#nats.get(), subjectsOf(this.#group.group).launch(offer.agent), request);
    return reply !== null && readLaunchAnswer(open(key, 'answer', reply.data))?.isAccepted === true;
  }

  #noPlace(): Error {
    return noPlaceError(this.#group.group, this.#place.entry);
  }
}

function toStatus({ agent, running, max, load, entries, isLeaving }: Offer): AgentStatus {
  return { agent, running, max, load, entries, isLeaving };
}

/** @returns null where no answer comes, as from an agent that is gone. */
async function askOne(nats: NatsConnection, subject: string, request: LaunchRequest): Promise<Msg | null> {
  try {
    return await nats.request(subject, JSON.stringify(request), { timeout: ANSWER_MS });
  } catch {
    return null;
  }
}

function checkSpec({ args, execArgv, cwd }: LaunchSpec): void {
  for (const [name, value] of Object.entries({ args, execArgv, cwd })) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    throw configError(`'${name}'`, "can't be sent to another machine; set it in the configuration of the agents", CALL);
  }
}

/** @throws What `makeError` makes as soon as the signal is aborted. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal, makeError: () => Error): Promise<T> {
  let abort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(makeError());
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
