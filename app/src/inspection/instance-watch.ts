import type { ConsoleInstance } from './tick.ts';
import type { InstanceStatus, SidecarHost } from '../host/index.ts';

interface Reading {
  readonly pid: number | undefined;
  readonly cpuTime: number | null;
  readonly bytes: number;
}

/** Reads the rows of `host.status()`, and what has changed in them since they were last read. */
export class InstanceWatch {
  readonly #host: SidecarHost;
  #readings = new Map<string, Reading>();
  readonly #names = new Set<string>();

  constructor(host: SidecarHost) {
    this.#host = host;
  }

  /** Whether the host has had an instance of that name since the reading before the last. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Takes note of an instance that came between two readings. */
  expect(name: string): void {
    this.#names.add(name);
  }

  /** @param spanMs Since it was last read; 0 where only a start is made. */
  read(spanMs: number): { readonly instances: ConsoleInstance[]; readonly bytes: number } {
    const before = this.#readings;
    const rows = this.#host.status();
    this.#readings = new Map(rows.map((row) => [row.instance, readingOf(row)]));
    // Calls of an instance that has left may settle a moment later.
    this.#names.clear();
    for (const name of [...before.keys(), ...this.#readings.keys()]) this.#names.add(name);
    let bytes = 0;
    const instances = rows.map((row) => {
      const last = sameProcess(before.get(row.instance), row.pid);
      bytes += Math.max(0, readingOf(row).bytes - (last?.bytes ?? 0));
      return describe(row, last, spanMs);
    });
    return { instances, bytes };
  }
}

function readingOf({ pid, cpuTime, bytesSent, bytesReceived }: InstanceStatus): Reading {
  return { pid, cpuTime, bytes: bytesSent + bytesReceived };
}

/** What was read of another process doesn't count. */
function sameProcess(reading: Reading | undefined, pid: number | undefined): Reading | undefined {
  return reading?.pid === pid ? reading : undefined;
}

function describe(row: InstanceStatus, last: Reading | undefined, spanMs: number): ConsoleInstance {
  const { name, instance, state, pid = null, uptime, restarts, inFlight, abandoned, queued, rss, cpuTime } = row;
  const used = cpuTime === null || last === undefined || last.cpuTime === null ? null : cpuTime - last.cpuTime;
  const cpu = used === null || spanMs <= 0 ? null : Math.max(0, used / spanMs);
  const latency = row.latency === null ? null : { p50: row.latency.p50, p99: row.latency.p99 };
  return { name, instance, state, pid, uptime, restarts, inFlight, abandoned, queued, rss, cpu, latency };
}
