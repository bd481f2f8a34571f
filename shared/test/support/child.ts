import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const fixtures = join(import.meta.dirname, '../fixtures');

/** What a fixture tells its parent. */
export interface Note {
  readonly event: string;
  readonly [key: string]: unknown;
}

/** A fixture program in a process of its own, which is ended after the test. */
export class Child {
  readonly process: ChildProcess;
  readonly notes: Note[] = [];
  /** Its stdout and stderr so far. */
  output = '';
  #onNote: (() => void)[] = [];

  constructor(fixture: string, settings: unknown = {}) {
    this.process = fork(join(fixtures, fixture), [JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const keep = (text: string): void => void (this.output += text);
    this.process.stdout?.setEncoding('utf8').on('data', keep);
    this.process.stderr?.setEncoding('utf8').on('data', keep);
    this.process.on('message', (note: Note) => {
      this.notes.push(note);
      this.#wake();
    });
    this.process.on('exit', () => this.#wake());
    this.process.on('disconnect', () => this.#wake());
  }

  /** Waits for the first note of this event that has not been taken yet. */
  async take(event: string): Promise<Note> {
    for (;;) {
      const index = this.notes.findIndex((note) => note.event === event);
      const [note] = index < 0 ? [] : this.notes.splice(index, 1);
      if (note !== undefined) return note;
      // Its last notes may be read after it has exited, and before the channel is closed.
      if (this.hasExited && !this.process.connected)
        throw new Error(`The fixture ended before '${event}'. It said: ${this.output}`);
      await new Promise<void>((resolve) => this.#onNote.push(resolve));
    }
  }

  tell(command: object): void {
    this.process.send(command);
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  get hasExited(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** Closes the channel to the fixture, which would keep it alive. */
  disconnect(): void {
    if (this.process.connected) this.process.disconnect();
  }

  /** @returns Its exit code, or the signal that ended it. */
  async exit(): Promise<number | string | null> {
    if (!this.hasExited) await once(this.process, 'exit');
    return this.process.exitCode ?? this.process.signalCode;
  }

  #wake(): void {
    for (const resolve of this.#onNote.splice(0)) resolve();
  }
}

/** Starts a fixture. It is ended after the test that runs, which is asked here, since test files that share a process load this module once. */
export function startChild(fixture: string, settings?: unknown): Child {
  const child = new Child(fixture, settings);
  onTestFinished(async () => {
    if (!child.hasExited) child.kill('SIGKILL');
    await child.exit();
  });
  return child;
}

/** A process with a Server of its own; see fixtures/peer.mjs. */
export function startPeer(settings: {
  readonly name: string;
  readonly socketRoot: string;
  readonly options?: object;
}): Child {
  return startChild('peer.mjs', settings);
}
