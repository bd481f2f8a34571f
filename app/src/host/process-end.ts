import { LinkError, ReplyError } from 'ipc-link';
import { type EndError, explainMemory, SidecarCrashedError } from './crash-report.ts';
import { stoppedInFlightError } from './errors.ts';
import type { ProcessExit } from './launcher.ts';
import { countMemoryKills } from './memory-kill.ts';
import type { ProcessOutput } from './process-output.ts';

/** How one process ends, and what the calls that it worked on reject with. */
export class ProcessEnd {
  /** null while it runs. */
  exit: ProcessExit | null = null;
  /** The host stops it, so that its end is no crash. */
  isStopping = false;
  wasKilled = false;
  /** Whether it was told which instance it is. */
  wasInformed = false;
  wasConnected = false;
  readonly #names: { readonly sidecar: string; readonly instance: string };
  readonly #reported: Promise<Error | null>;
  #resolveReported: (error: Error | null) => void = () => {};
  #pid: number | undefined;
  #output: ProcessOutput | null = null;
  #killsBefore: number | null = null;

  constructor(sidecar: string, instance: string) {
    this.#names = { sidecar, instance };
    this.#reported = new Promise((resolve) => (this.#resolveReported = resolve));
  }

  /** The process has started. The kernel's kills so far are counted for the report of its end. */
  started(pid: number | undefined, output: ProcessOutput): void {
    this.#pid = pid;
    this.#output = output;
    this.#killsBefore = countMemoryKills();
  }

  /**
   * What a call should reject with in place of the link's own error. The link knows only that the connection is gone; how
   * the process ended is known a moment later.
   */
  async explain(error: unknown): Promise<unknown> {
    if (!isLoss(error)) return error;
    const end = this.isStopping ? null : await this.#reported;
    return end ?? stoppedInFlightError(this.#names.sidecar, error);
  }

  /**
   * Reads the last output and finds out how the process ended.
   *
   * @param cause Why the host killed it, or why it could not be started.
   * @returns null where the host had asked it to end.
   */
  async report(cause: Error | undefined): Promise<EndError | null> {
    const killsNow = this.#countKillsNow();
    await this.#output?.finish();
    const error = this.isStopping ? null : this.#describe(cause, killsNow);
    this.#resolveReported(error);
    return error;
  }

  /** Counted only where the end looks like such a kill. */
  #countKillsNow(): number | null {
    return this.exit?.signal === 'SIGKILL' && !this.wasKilled ? countMemoryKills() : null;
  }

  #describe(cause: Error | undefined, killsNow: number | null): EndError {
    // A process that was not told which instance it is has done nothing that would explain the end.
    if (!this.wasInformed && cause !== undefined) return cause;
    const { lines: stderr = [], tellingLine } = this.#output?.tail ?? {};
    const end = { exit: this.exit, stderr, tellingLine, wasKilledByHost: this.wasKilled };
    const memory = explainMemory(end, this.#killsBefore, killsNow);
    const facts = { ...this.#names, ...end, pid: this.#pid, wasConnected: this.wasConnected };
    return new SidecarCrashedError({ ...facts, memory, cause });
  }
}

/** Whether the link says by this error that the connection went away. A reply may carry the same code and says no such thing. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof LinkError) || error instanceof ReplyError) return false;
  return error.code === 'ERR_LINK_PEER_LOST' || error.code === 'ERR_LINK_CLOSED';
}
