import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { countPrimes, type NumberRange, primes } from '#contracts/primes';
import type { OffloadFigures, OffloadResult, OffloadStep } from '../../bridge/offload-messages.ts';
import { resolveSidecar, SidecarHost } from '../../host/index.ts';
import type { Launcher } from '../../host/launcher.ts';
import { DelayProbe, percentileOf } from './delay-probe.ts';

/** How long the job runs in each place, in milliseconds. */
const JOB_MS = 1_500;

/** Before and after the job the main process is left alone for so long, so that the measurement shows both edges. */
const QUIET_MS = 300;

/** The job: the same ranges again and again, so that each costs the same. */
const range: NumberRange = { from: 1_000_000, to: 1_003_000 };

const MOST_PROCESSES = 4;

/** What a comparison needs besides its own code. */
export interface CompareOptions {
  readonly launcher: Launcher;
  /** Ends it. While the job runs in this process, nothing can. */
  readonly signal: AbortSignal;
  /** Hears what comes next. */
  readonly tell: (step: OffloadStep) => void;
  /** @default 1_500 */
  readonly jobMs?: number;
}

/**
 * Runs the same job in this process and then in sidecars, for the same time, and measures what that does to this process. The sidecars
 * are of a host of their own, which is there only for so long.
 *
 * @throws What the signal was aborted with, and what a start or a call of a sidecar rejects with.
 */
export async function comparePlaces({
  launcher,
  signal,
  tell,
  jobMs = JOB_MS,
}: CompareOptions): Promise<OffloadResult> {
  // One processor is the main process's, where there are several.
  const instances = Math.min(MOST_PROCESSES, Math.max(1, availableParallelism() - 1));
  const entry = resolveSidecar('#sidecar/primes', { from: import.meta.url });
  const sidecar = { contract: primes, entry, launcher, instances };
  tell('starting');
  const host = new SidecarHost({ sidecars: { primes: sidecar } });
  try {
    await host.start();
    tell('main');
    const main = await measure(1, signal, () => countHere(jobMs));
    tell('sidecars');
    const { count } = host.client(primes);
    const run = (): Promise<number> => countThere((input) => count(input, { signal }), { lanes: 2 * instances, jobMs });
    return { main, sidecars: await measure(instances, signal, run) };
  } finally {
    await host.stop({ drain: 0 });
  }
}

/** @param job Resolves with how many ranges it has done, and takes `jobMs`. */
async function measure(
  processes: number,
  signal: AbortSignal,
  job: () => number | Promise<number>,
): Promise<OffloadFigures> {
  const probe = new DelayProbe();
  try {
    await sleep(QUIET_MS, undefined, { signal });
    const startedAt = performance.now();
    const ranges = await job();
    const seconds = (performance.now() - startedAt) / 1_000;
    await sleep(QUIET_MS, undefined, { signal });
    const samples = probe.stop();
    const longest = samples.reduce((most, { delay }) => Math.max(most, delay), 0);
    const perSecond = (ranges * (range.to - range.from)) / seconds;
    return { samples, p99: percentileOf(samples, 0.99), longest, perSecond, processes };
  } finally {
    probe.stop();
  }
}

/** The mistake that sidecars are for: nothing else happens in this process meanwhile. */
function countHere(jobMs: number): number {
  const until = performance.now() + jobMs;
  let done = 0;
  for (; performance.now() < until; done++) countPrimes(range);
  return done;
}

async function countThere(
  count: (input: NumberRange) => Promise<number>,
  { lanes, jobMs }: { readonly lanes: number; readonly jobMs: number },
): Promise<number> {
  const until = performance.now() + jobMs;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (; performance.now() < until; done++) await count(range);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}
