import { LinkError } from 'ipc-link';
import type { ProcessExit } from './launcher.ts';

/** Whether a sidecar ended because memory ran out. */
export type MemoryVerdict =
  /** V8 ran into its heap limit and said so. */
  | 'heap'
  /** Killed with SIGKILL, not by the host, and the kernel's count of processes that it killed for their memory went up: it was probably this one. */
  | 'kernel'
  | 'no'
  /** Killed with SIGKILL, not by the host, on a system that doesn't tell more. */
  | 'unknown';

export interface CrashFacts {
  readonly sidecar: string;
  readonly instance: string;
  readonly pid: number | undefined;
  /** null when it had to be given up while it still ran. */
  readonly exit: ProcessExit | null;
  readonly stderr: readonly string[];
  /** The line of stderr that names the error. It may be far in front of the last ones. */
  readonly tellingLine: string | undefined;
  readonly memory: MemoryVerdict;
  readonly wasKilledByHost: boolean;
  /** Whether it had connected: before that it is given no calls. */
  readonly wasConnected: boolean;
  /** Why the host killed it, or why the connection broke. */
  readonly cause: Error | undefined;
}

/**
 * Why a process could not be started. It has no exit code, since no process has run. The properties of a
 * {@link SidecarCrashedError} are declared, and undefined, so that a `crash` listener can read them of either.
 */
export interface StartFailure extends Error {
  readonly exitCode?: undefined;
  readonly signal?: undefined;
  readonly stderr?: undefined;
  readonly memory?: undefined;
}

/** How a process ended that was not told to, or why there was none. */
export type EndError = SidecarCrashedError | StartFailure;

/** A sidecar ended without being told to. What its calls in flight reject with, and what the `crash` event carries. */
export class SidecarCrashedError extends LinkError {
  static override readonly name: string = 'SidecarCrashedError';
  override readonly name: string = 'SidecarCrashedError';
  /** Name in the host's configuration. */
  readonly sidecar: string;
  /** Name of the instance, such as 'files-1'. */
  readonly instance: string;
  readonly pid: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of stderr, at most 20. */
  readonly stderr: readonly string[];
  readonly memory: MemoryVerdict;

  constructor(facts: CrashFacts) {
    super('ERR_SIDECAR_CRASHED', describe(facts), { cause: facts.cause });
    this.sidecar = facts.sidecar;
    this.instance = facts.instance;
    this.pid = facts.pid;
    this.exitCode = facts.exit?.code ?? null;
    this.signal = facts.exit?.signal ?? null;
    this.stderr = facts.stderr;
    this.memory = facts.memory;
  }
}

/** @param killsBefore The kernel's count when the sidecar started; null where it isn't known. */
export function explainMemory(
  { exit, tellingLine, wasKilledByHost }: Pick<CrashFacts, 'exit' | 'tellingLine' | 'wasKilledByHost'>,
  killsBefore: number | null,
  killsNow: number | null,
): MemoryVerdict {
  if (tellingLine !== undefined && fullHeap.test(tellingLine) && !isOrdinary(exit)) return 'heap';
  if (exit?.signal !== 'SIGKILL' || wasKilledByHost) return 'no';
  if (killsBefore === null || killsNow === null) return 'unknown';
  return killsNow > killsBefore ? 'kernel' : 'no';
}

/** How Node, Electron and Deno say that the heap is full. */
const fullHeap = /^(?:FATAL ERROR|# Fatal ).*JavaScript (?:heap )?out of memory/;

/** Whether the program has chosen the exit code itself. A runtime that gives up ends by a signal, or with a code that stands for one. */
function isOrdinary(exit: ProcessExit | null): boolean {
  return exit !== null && exit.code !== null && exit.code >= 0 && exit.code < 128;
}

function describe(facts: CrashFacts): string {
  const line = facts.tellingLine ?? facts.stderr.findLast((each) => each.trim() !== '');
  const words = line === undefined ? '' : ` It said on stderr: ${line.slice(0, 300)}`;
  const calls = facts.wasConnected ? ' Whether it acted on the calls in flight is unknown.' : '';
  return `${describeWhat(facts)}${calls}${words}`;
}

function describeWhat(facts: CrashFacts): string {
  const { instance, wasKilledByHost, cause } = facts;
  const why = cause === undefined ? '' : ` ${cause.message}`;
  if (!wasKilledByHost) return `'${instance}' crashed: ${describeEnd(facts)}.${why}`;
  const end = facts.exit === null ? 'had to be given up, since it did not even end when killed' : 'had to be killed';
  return `'${instance}' ${end}:${why === '' ? ' it closed the link and did not end.' : why}`;
}

function describeEnd({ exit, memory }: CrashFacts): string {
  if (memory === 'heap') {
    return "its JavaScript heap was full (raise it with execArgv: ['--max-old-space-size=MIB'], under utilityLauncher ['--js-flags=--max-old-space-size=MIB'])";
  }
  if (memory === 'kernel') return 'it was killed with SIGKILL, probably by the kernel because memory ran out';
  if (memory === 'unknown') {
    return 'it was killed with SIGKILL, by another process or by the kernel because memory ran out: this system does not tell which';
  }
  if (exit === null) return 'it was given up';
  if (exit.cause !== undefined) return 'its end could not be seen';
  if (exit.signal !== null) return `it was ended by ${exit.signal}`;
  return exit.code === 0 ? 'it exited with code 0 without being told to' : `it exited with code ${exit.code}`;
}
