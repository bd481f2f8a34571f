import type { Client } from 'ipc-link/contract';
import type { FilesContract } from '#contracts/files';
import type { Output } from '../../terminal/output.ts';

/** What a command gets to do its work: the sidecar's client, both outputs and the user's interrupt. */
export interface CommandContext {
  readonly client: Client<FilesContract>;
  /** stdout: results. */
  readonly output: Output;
  /** stderr: complaints. */
  readonly complaints: Output;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}
