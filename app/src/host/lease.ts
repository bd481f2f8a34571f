import type { Caller, Forwarder } from 'ipc-link/contract';
import type { Instance } from './instance.ts';
import type { SidecarProcess } from './sidecar-process.ts';

/** One call's place in a process. It is taken until the call has settled and its handler has ended. */
export class Lease {
  readonly instance: Instance;
  readonly process: SidecarProcess;
  readonly caller: Caller & Forwarder;
  #isSettled = false;
  #hasEnded = false;

  constructor(instance: Instance, process: SidecarProcess, caller: Caller & Forwarder) {
    this.instance = instance;
    this.process = process;
    this.caller = caller;
    process.load.begin();
  }

  /** The call has settled: its caller has an answer, or no longer waits for one. */
  settle(): void {
    this.#isSettled = true;
    if (this.#hasEnded) this.process.load.end(false);
    else this.process.load.abandon();
  }

  /** The handler has ended. */
  readonly end = (): void => {
    this.#hasEnded = true;
    if (this.#isSettled) this.process.load.end(true);
  };
}
