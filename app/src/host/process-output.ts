import type { Clock } from './clock.ts';
import type { LaunchedProcess } from './launcher.ts';
import { OutputReader } from './output.ts';
import type { Pace } from './pace.ts';
import { StderrTail } from './stderr-tail.ts';

/** How long the rest of the output is read after the exit. Calls in flight wait for it. */
const graceMs = 25;

/** Reads everything that one process prints, line by line, and keeps the end of its stderr. */
export class ProcessOutput {
  readonly #tail = new StderrTail();
  readonly #readers: OutputReader[] = [];

  constructor(
    { stdout, stderr }: LaunchedProcess,
    means: { readonly clock: Clock; readonly pace: Pace },
    onLine: (source: 'stdout' | 'stderr', line: string) => void,
  ) {
    if (stdout !== null) this.#readers.push(new OutputReader(stdout, means, (line) => onLine('stdout', line)));
    if (stderr === null) return;
    const onStderr = (line: string): void => {
      this.#tail.add(line);
      onLine('stderr', line);
    };
    this.#readers.push(new OutputReader(stderr, means, onStderr));
  }

  /** The end of stderr. */
  get tail(): StderrTail {
    return this.#tail;
  }

  /** Reads what the process left behind and lets go of its pipes. */
  async finish(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.finish(graceMs)));
  }
}
