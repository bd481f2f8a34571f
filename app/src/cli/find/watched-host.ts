import { setTimeout as wait } from 'node:timers/promises';
import { findEndpoints } from '../../inspection/find-endpoints.ts';
import type { ConsoleTick } from '../../inspection/tick.ts';
import { connectHost, type HostConnection } from './hosts.ts';

/** A host as it was last heard of. */
export interface HostReading {
  readonly name: string;
  readonly pid: number;
  /** Null before the first. */
  readonly tick: ConsoleTick | null;
  /** Whether it has not answered in time: its main process may be blocked. */
  readonly isLate: boolean;
}

/** How much longer than the interval a host may take. */
const PATIENCE_MS = 1_000;

/** Reads all hosts of this user again and again, with those that come and without those that go. */
export class WatchedHosts implements Disposable {
  readonly #intervalMs: number;
  readonly #isWanted: (host: { readonly name: string; readonly pid: number }) => boolean;
  readonly #hosts = new Map<string, WatchedHost>();

  constructor(intervalMs: number, isWanted: (host: { readonly name: string; readonly pid: number }) => boolean) {
    this.#intervalMs = intervalMs;
    this.#isWanted = isWanted;
  }

  /** Looks for hosts, and waits for what each has to tell of an interval. @returns The readings, by name. */
  async read(signal: AbortSignal): Promise<HostReading[]> {
    await this.#findNew();
    const reads = [...this.#hosts].map(async ([id, host]) => {
      if (await host.read(this.#intervalMs + PATIENCE_MS, signal)) return;
      this.#hosts.delete(id);
      host[Symbol.dispose]();
    });
    // Also paces the readings where there is no host.
    await Promise.all([...reads, ...(reads.length === 0 ? [wait(this.#intervalMs, undefined, { signal })] : [])]);
    const readings = [...this.#hosts.values()].map(({ reading }) => reading);
    return readings.toSorted((one, other) => one.name.localeCompare(other.name) || one.pid - other.pid);
  }

  [Symbol.dispose](): void {
    for (const host of this.#hosts.values()) host[Symbol.dispose]();
  }

  async #findNew(): Promise<void> {
    const { endpoints } = await findEndpoints();
    const added = endpoints.filter((each) => this.#isWanted(each) && !this.#hosts.has(each.server));
    const connected = await Promise.allSettled(added.map(connectHost));
    for (const each of connected) {
      // One that doesn't let this program in, or has just gone, is tried again with the next reading; `list` says why.
      if (each.status !== 'fulfilled') continue;
      this.#hosts.set(each.value.endpoint.server, new WatchedHost(each.value, this.#intervalMs));
    }
  }
}

class WatchedHost implements Disposable {
  readonly #connection: HostConnection;
  readonly #ticks: AsyncIterator<ConsoleTick>;
  /** Asked for, and not there yet. */
  #next: Promise<'gone' | 'read'> | null = null;
  #tick: ConsoleTick | null = null;
  #isLate = false;

  constructor(connection: HostConnection, interval: number) {
    this.#connection = connection;
    this.#ticks = connection.client.watch({ interval, kept: 0 }, { timeout: Infinity });
  }

  get reading(): HostReading {
    const { name, pid } = this.#connection.endpoint;
    return { name, pid, tick: this.#tick, isLate: this.#isLate };
  }

  /** @returns Whether the host is still there. */
  async read(patienceMs: number, signal: AbortSignal): Promise<boolean> {
    this.#next ??= this.#readNext();
    const over = new AbortController();
    const timeout = wait(patienceMs, 'late' as const, { signal: AbortSignal.any([over.signal, signal]) });
    try {
      const result = await Promise.race([this.#next, timeout]);
      this.#isLate = result === 'late';
      if (result !== 'late') this.#next = null;
      return result !== 'gone';
    } finally {
      over.abort();
      timeout.catch(() => {});
    }
  }

  [Symbol.dispose](): void {
    this.#connection[Symbol.dispose]();
  }

  async #readNext(): Promise<'gone' | 'read'> {
    try {
      const { done = false, value } = await this.#ticks.next();
      if (done) return 'gone';
      this.#tick = value;
      return 'read';
    } catch {
      // However it ended, there is nothing to show any more.
      return 'gone';
    }
  }
}
