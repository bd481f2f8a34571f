import type { Identity } from '../../../../shared/test/support/certificates.mjs';

export interface MachineOptions {
  readonly folder: string;
  readonly servers: readonly string[];
  readonly group: string;
  readonly secret: string;
  readonly tls: Identity;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly max: number;
  /** More of the configuration. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** An agent and what it starts, in a process group of their own: what is lost when a machine is. */
export interface Machine {
  /** What it printed. */
  readonly lines: string[];
  /** The exit code of the agent, or its signal. */
  readonly ended: Promise<number | string>;
  /** Sends a signal to the agent and to all that it has started. */
  signalAll(signal: NodeJS.Signals): void;
  /** Asks the agent to end. */
  leave(): void;
}

/** Starts the command `agent`. @returns Resolves when it is connected. */
export function startMachine(options: MachineOptions): Promise<Machine>;
