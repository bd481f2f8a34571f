import { cpus } from 'node:os';

const INTERVAL_MS = 1_000;

/** How busy the processors of this machine are. */
export class MachineLoad {
  /** In the last second, from 0 to 1; 0 before it is over. */
  current = 0;
  readonly #timer: NodeJS.Timeout;
  #before = readTimes();

  constructor() {
    this.#timer = setInterval(() => this.#measure(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #measure(): void {
    const now = readTimes();
    const total = now.total - this.#before.total;
    if (total > 0) this.current = Math.min(1, Math.max(0, 1 - (now.idle - this.#before.idle) / total));
    this.#before = now;
  }
}

function readTimes(): { readonly idle: number; readonly total: number } {
  const times = cpus().map((each) => each.times);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  return { idle: sum(times.map(({ idle }) => idle)), total: sum(times.flatMap((each) => Object.values(each))) };
}
