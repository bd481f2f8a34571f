import type { PortLimits } from './serve-port.ts';

/**
 * The messages about ports that end in a sidecar: those between a page and its main process, and those between a host and its
 * sidecar.
 */

/** The name by which a page asks for a port to the process of a contract. The page numbers its ports to each contract. */
export function directName(contract: string, number: number): string {
  return `${contract}#${number}`;
}

/** @returns The contract's name in a name that `directName` made, or null for any other value. */
export function readDirectName(name: unknown): string | null {
  return typeof name === 'string' ? (/^(.+)#\d{1,15}$/s.exec(name)?.[1] ?? null) : null;
}

/** Task by which a page asks its main process why the port of a name was lost. The reply is a failure with the reason. */
export const EXPLAIN_TASK = 'ipc-link.explain';

/** Task by which a sidecar asks a page to make no more calls over this port, because the process is going to end. */
export const MOVE_TASK = 'ipc-link.move';

/**
 * Task by which a host asks a sidecar to send every page to another process, and to finish the calls that they have begun. The
 * reply is a {@link DirectLoad}.
 */
export const MOVE_PAGES_TASK = 'ipc-link.move-pages';

/** Task by which a sidecar reports a {@link DirectLoad} to its host when it has changed. */
export const LOAD_TASK = 'ipc-link.load';

/** The message with which a host sends a port to its sidecar. */
export interface PortMessage {
  readonly type: typeof PORT_MESSAGE;
  readonly name: string;
  /** The operations that the page may call, as `contract.operation`. The sidecar refuses all others. */
  readonly operations: readonly string[];
  readonly limits: PortLimits;
}

export const PORT_MESSAGE = 'ipc-link:port';

/** The calls that pages make directly to a sidecar, as the sidecar reports them to its host, which does not see these calls. */
export interface DirectLoad {
  /** Calls whose handlers have not ended. */
  readonly inFlight: number;
  /** How many of those calls were cancelled, timed out or lost their page, while their handlers go on. */
  readonly abandoned: number;
  /** Durations of calls that have ended since the last report, in milliseconds. At most a hundred are kept. */
  readonly durations: readonly number[];
}

/** @returns The message that comes with a port, or null for any other message. */
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

/** Reads a sidecar's report. Its numbers may be wrong, but values of other types are dropped. */
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
