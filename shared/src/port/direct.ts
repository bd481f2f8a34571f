import type { PortLimits } from './serve-port.ts';

/**
 * What is said about ports that end in a sidecar: between a page and its main process, and between a host and its sidecar.
 */

/** A page asks for a port to a contract's process under this name; each new port has the next number. */
export function directName(contract: string, number: number): string {
  return `${contract}#${number}`;
}

/** @returns The contract, or null for a name that is none of those. */
export function readDirectName(name: unknown): string | null {
  return typeof name === 'string' ? (/^(.+)#\d{1,15}$/s.exec(name)?.[1] ?? null) : null;
}

/** Page to main: why the port of that name was lost. The reply fails with the reason. */
export const EXPLAIN_TASK = 'ipc-link.explain';

/** Sidecar to page: send nothing more over this port, the process wants to end. */
export const MOVE_TASK = 'ipc-link.move';

/** Host to sidecar: let every page move elsewhere, and finish what they have begun. The reply is a {@link DirectLoad}. */
export const MOVE_PAGES_TASK = 'ipc-link.move-pages';

/** Sidecar to host: a {@link DirectLoad}, while it changes. */
export const LOAD_TASK = 'ipc-link.load';

/** What comes with a port on its way to a sidecar. */
export interface PortMessage {
  readonly type: typeof PORT_MESSAGE;
  readonly name: string;
  /** What the page may call, as `contract.operation`; everything else is refused. */
  readonly operations: readonly string[];
  readonly limits: PortLimits;
}

export const PORT_MESSAGE = 'ipc-link:port';

/** The calls that pages make at a sidecar without their main process, as the sidecar last said. */
export interface DirectLoad {
  /** Calls whose handlers have not ended. */
  readonly inFlight: number;
  /** Those among them that were given up. */
  readonly abandoned: number;
  /** How long calls took that have ended since the last report, in milliseconds; at most a hundred of them. */
  readonly durations: readonly number[];
}

/** @returns null for any other message. */
export function readPortMessage(message: unknown): PortMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, name, operations, limits }: Record<keyof PortMessage, unknown> = {
    type: undefined,
    name: undefined,
    operations: undefined,
    limits: undefined,
    ...message,
  };
  if (type !== PORT_MESSAGE || typeof name !== 'string' || !Array.isArray(operations)) return null;
  const given = typeof limits === 'object' && limits !== null ? Object.entries(limits) : [];
  return {
    type,
    name,
    operations: operations.filter((operation) => typeof operation === 'string'),
    limits: Object.fromEntries(given.filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
  };
}

/** What a sidecar reports may be wrong, but it is never taken for more than numbers. */
export function readLoad(data: unknown): DirectLoad {
  const { inFlight, abandoned, durations }: Partial<Record<keyof DirectLoad, unknown>> = Object(data);
  return {
    inFlight: toCount(inFlight),
    abandoned: toCount(abandoned),
    durations: Array.isArray(durations)
      ? durations.filter((ms) => typeof ms === 'number' && ms >= 0).slice(0, 100)
      : [],
  };
}

function toCount(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
