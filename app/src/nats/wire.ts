/** What apps and agents say to each other over NATS, sealed. See docs/SECURITY-MODEL.md. */

export interface Subjects {
  /** All agents of the group listen here. */
  readonly find: string;
  /** One agent listens here. */
  launch(agent: string): string;
}

export function subjectsOf(group: string): Subjects {
  return { find: `ipc-link.${group}.find`, launch: (agent) => `ipc-link.${group}.launch.${agent}` };
}

/** Asks which agents there are. */
export interface Find {
  /** Comes back in what the answers are sealed for, so that they are none to an earlier question. */
  readonly nonce: string;
  /** Only agents with a free slot for this entry answer; with null all do. */
  readonly entry: string | null;
}

/** How an agent is doing. */
export interface AgentStatus {
  /** Its name, new for each start of the agent. */
  readonly agent: string;
  /** Processes that it runs, and may run at most. */
  readonly running: number;
  readonly max: number;
  /** How busy its processors were in the last second, from 0 to 1. */
  readonly load: number;
  /** What it starts. */
  readonly entries: readonly string[];
  /** Whether it takes nothing more, because it is about to end. */
  readonly isLeaving: boolean;
}

/** An agent's answer. */
export interface Offer extends AgentStatus {
  readonly offer: string;
  /** Its public key for launches that take this offer. */
  readonly key: string;
}

/** What a host asks one agent. Only `sealed` is secret: it holds a {@link Launch}. */
export interface LaunchRequest {
  readonly offer: string;
  /** The host's public key. */
  readonly key: string;
  /** Base64. */
  readonly sealed: string;
}

/** Where an agent is to start what. */
export interface Launch {
  readonly entry: string;
  /** Shown in process lists. */
  readonly label: string;
  /** Where the host listens, over TLS. */
  readonly host: string;
  readonly port: number;
  readonly servername: string;
  /** The name that the agent connects to for this process, and base64 of the secret that it has to know there. */
  readonly name: string;
  readonly secret: string;
}

/** An agent's answer to a launch. It connects to the host right after. */
export interface LaunchAnswer {
  readonly isAccepted: boolean;
}

/** Tasks of the link between a host and an agent, of which each process has its own. */
export const AgentTask = {
  /** From the agent: it runs. */
  started: 'started',
  /** From the agent: it could not be started, and why. */
  failed: 'failed',
  /** From the agent: what it printed. Answered when there is room for more. */
  output: 'output',
  /** From the agent, every two seconds: what it uses. */
  usage: 'usage',
  /** From the agent: how it ended. */
  ended: 'ended',
  /** From the agent: the machine is to be left soon. */
  leaving: 'leaving',
  /** From the host: the launch info for the process. */
  inform: 'inform',
  /** From the host: the signal to send. */
  kill: 'kill',
} as const;

/** What an agent calls itself on that link. */
export const AGENT_NAME = 'agent';

export function readFind(value: unknown): Find | null {
  const { nonce, entry } = fieldsOf(value);
  return isText(nonce) && (entry === null || isText(entry)) ? { nonce, entry } : null;
}

export function readOffer(value: unknown): Offer | null {
  const { agent, running, max, load, entries, isLeaving, offer, key } = fieldsOf(value);
  if (!isText(agent) || !isText(offer) || !isText(key) || typeof isLeaving !== 'boolean') return null;
  if (!isAmount(running) || !isAmount(max) || !isAmount(load)) return null;
  if (!Array.isArray(entries) || !entries.every(isText)) return null;
  return { agent, running, max, load, entries, isLeaving, offer, key };
}

export function readLaunchRequest(value: unknown): LaunchRequest | null {
  const { offer, key, sealed } = fieldsOf(value);
  return isText(offer) && isText(key) && isText(sealed) ? { offer, key, sealed } : null;
}

export function readLaunch(value: unknown): Launch | null {
  const { entry, label, host, port, servername, name, secret } = fieldsOf(value);
  if (!isText(entry) || !isText(label) || !isText(host) || !isAmount(port)) return null;
  if (!isText(servername) || !isText(name) || !isText(secret)) return null;
  return { entry, label, host, port, servername, name, secret };
}

export function readLaunchAnswer(value: unknown): LaunchAnswer | null {
  const { isAccepted } = fieldsOf(value);
  return typeof isAccepted === 'boolean' ? { isAccepted } : null;
}

/** The members of what came from outside, each still to be checked. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
