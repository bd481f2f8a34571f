import type { PeerEventName } from './diagnostics.ts';
import type { Message } from './message.ts';

/** The events of a `Server`, each with what its listeners are given. */
export interface ServerEvents {
  /** Listening. `reason` is what `start` was given. */
  start: [reason: unknown];
  /** No longer listening. `reason` is what `stop` was given. */
  stop: [reason: unknown];
  message: [message: Message];
  /** A peer is there: its first connection has finished the handshake. */
  connect: [name: string];
  /** A peer is gone: its last connection has closed. No `error` where either side closed on purpose. */
  disconnect: [name: string, error?: Error];
  /** A peer has been silent through two heartbeats; its connection is kept. */
  unresponsive: [name: string, silentMs: number];
  /** An unresponsive peer was heard again. */
  responsive: [name: string];
  /** Whatever has no caller to reject. Without a listener it becomes a process warning, never an exception. */
  error: [error: Error];
}

/** Says what has become of a peer, with what the event of that name gives its listeners. */
export type PeerReporter = <Name extends PeerEventName>(event: Name, ...args: ServerEvents[Name]) => void;
