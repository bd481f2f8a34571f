import { LinkError, ReplyError } from 'ipc-link';
import { explainMemory, SidecarCrashedError, type StartFailure } from './crash-report.ts';
import { stoppedInFlightError } from './errors.ts';
import type { ProcessExit } from './launcher.ts';
import { countMemoryKills } from './memory-kill.ts';
import type { ProcessOutput } from './process-output.ts';

/** What is known of a process when it has ended. */
export interface EndFacts {
  /** Why the host killed it, or why it could not be started. */
  readonly cause: Error | undefined;
  readonly pid: number | undefined;
  readonly output: ProcessOutput | null;
  /** Whether it was told which instance it is. */
  readonly wasInformed: boolean;
  /** Whether it had connected. */
  readonly wasConnected: boolean;
}

/** How one process ends, and what the calls that it worked on reject with. */
export class ProcessEnd {
  /** null while it runs. */
  exit: ProcessExit | null = null;
  /** The host stops it, so that its end is no crash. */
  isStopping = false;
  wasKilled = false;
  readonly #sidecar: string;
  readonly #instance: string;
  readonly #reported: Promise<Error | null>;
  #resolveReported: (error: Error | null) => void = () => {};
  #killsBefore: number | null = null;

  constructor(sidecar: string, instance: string) {
    this.#sidecar = sidecar;
    this.#instance = instance;
    this.#reported = new Promise((resolve) => (this.#resolveReported = resolve));
  }

  /** To be called when the process has started: counts the kernel's kills so far, for the report of its end. */
  countKillsBefore(): void {
    void countMemoryKills().then((count) => (this.#killsBefore = count));
  }

  /**
   * What a call should reject with in place of the link's own error. The link knows only that the connection is gone; how
   * the process ended is known a moment later.
   */
  async explain(error: unknown): Promise<unknown> {
    if (!isLoss(error)) return error;
    const end = this.isStopping ? null : await this.#reported;
    return end ?? stoppedInFlightError(this.#sidecar, error);
  }

  /**
   * Reads the last output and finds out how the process ended.
   *
   * @returns null where the host had asked it to end.
   */
  async report(facts: EndFacts): Promise<SidecarCrashedError | StartFailure | null> {
    // At the same time, because the calls in flight wait for both.
    const [killsNow] = await Promise.all([this.#countKillsNow(), facts.output?.finish()]);
    const error = this.isStopping ? null : this.#describe(facts, killsNow);
    this.#resolveReported(error);
    return error;
  }

  /** Counted only where the end looks like such a kill. */
  async #countKillsNow(): Promise<number | null> {
    return this.exit?.signal === 'SIGKILL' && !this.wasKilled ? countMemoryKills() : null;
  }

  #describe(
    { cause, pid, output, wasInformed, wasConnected }: EndFacts,
    killsNow: number | null,
  ): SidecarCrashedError | StartFailure {
    // A process that was not told which instance it is has done nothing that would explain the end.
    if (!wasInformed && cause !== undefined) return cause;
    const { lines: stderr = [], tellingLine } = output?.tail ?? {};
    const end = { exit: this.exit, stderr, tellingLine, wasKilledByHost: this.wasKilled };
    const memory = explainMemory(end, this.#killsBefore, killsNow);
    const [sidecar, instance] = [this.#sidecar, this.#instance];
    return new SidecarCrashedError({ sidecar, instance, pid, ...end, wasConnected, memory, cause });
  }
}

/** Whether the link says by this error that the connection went away. A reply may carry the same code and says no such thing. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof LinkError) || error instanceof ReplyError) return false;
  return error.code === 'ERR_LINK_PEER_LOST' || error.code === 'ERR_LINK_CLOSED';
}
