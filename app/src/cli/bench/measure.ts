import { setImmediate as nextTurn } from 'node:timers/promises';

/** Sends something, and resolves when it came back. */
export type Echo = (value: unknown) => Promise<unknown>;

export interface Figures {
  /** The median of a small object's. */
  readonly roundTripMs: number;
  /** Small objects there and back, 128 of them under way. */
  readonly perSecond: number;
  /** Of 1 MiB buffers there and back, one after the other; counted once. */
  readonly bytesPerSecond: number;
}

const IN_FLIGHT = 128;
const MEBIBYTE = 1_048_576;
/** The share of the time that is for warming up. */
const WARM_UP = 0.2;

const small = { id: 4_711, name: 'a small object', tags: ['one', 'two'], nested: { isSmall: true, size: 120 } };

export async function measure(echo: Echo, forMs: number, signal: AbortSignal): Promise<Figures> {
  const roundTripsMs: number[] = [];
  const one = async (): Promise<void> => {
    const sentAt = performance.now();
    await echo(small);
    roundTripsMs.push(performance.now() - sentAt);
  };
  await repeat(one, forMs * WARM_UP, signal);
  roundTripsMs.length = 0;
  await repeat(one, forMs, signal);
  const many = async (): Promise<void> => void (await echo(small));
  const inFlight = await Promise.all(Array.from({ length: IN_FLIGHT }, () => repeat(many, forMs, signal)));
  const large = Buffer.alloc(MEBIBYTE, 7);
  const buffers = await repeat(async () => void (await echo(large)), forMs, signal);
  return {
    roundTripMs: roundTripsMs.toSorted((a, b) => a - b)[Math.floor(roundTripsMs.length / 2)] ?? Number.NaN,
    perSecond: inFlight.reduce((sum, { perSecond }) => sum + perSecond, 0),
    bytesPerSecond: buffers.perSecond * MEBIBYTE,
  };
}

/** Does something again and again for so long, and at least once. */
async function repeat(act: () => Promise<void>, forMs: number, signal: AbortSignal): Promise<{ perSecond: number }> {
  const begunAt = performance.now();
  const end = begunAt + forMs;
  let count = 0;
  do {
    await act();
    count++;
    signal.throwIfAborted();
    // Signals are heard between turns of the event loop.
    if (count % 1_000 === 0) await nextTurn();
  } while (performance.now() < end);
  return { perSecond: count / ((performance.now() - begunAt) / 1_000) };
}
