import type { Caller, Forwarder } from 'ipc-link/contract';
import type { Instance } from './instance.ts';
import type { Slot } from './slot.ts';

/** What a call has of the instance that has taken it on. */
export interface Lease {
  readonly instance: Instance;
  readonly caller: Caller & Forwarder;
  /** To be told how far the call is. */
  readonly slot: Slot;
  /** What the caller should see instead of the link's own error: how the process ended, where it did. */
  readonly explain: (error: unknown) => Promise<unknown>;
}
