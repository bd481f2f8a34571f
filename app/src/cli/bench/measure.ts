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

/** How long something is done, and what ends it before. */
export interface Span {
  readonly forMs: number;
  readonly signal: AbortSignal;
}

const IN_FLIGHT = 128;
const MEBIBYTE = 1_048_576;

const small = { id: 4_711, name: 'a small object', tags: ['one', 'two'], nested: { isSmall: true, size: 120 } };

export async function measureRoundTrip(echo: Echo, span: Span): Promise<number> {
  const tookMs: number[] = [];
  await repeat(async () => {
    const sentAt = performance.now();
    await echo(small);
    tookMs.push(performance.now() - sentAt);
  }, span);
  return tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length / 2)] ?? Number.NaN;
}

export async function measureInFlight(echo: Echo, span: Span): Promise<number> {
  const rates = await Promise.all(Array.from({ length: IN_FLIGHT }, () => repeat(() => echo(small), span)));
  return rates.reduce((sum, perSecond) => sum + perSecond, 0);
}

export async function measureBytes(echo: Echo, span: Span): Promise<number> {
  const large = Buffer.alloc(MEBIBYTE, 7);
  return MEBIBYTE * (await repeat(() => echo(large), span));
}

/** Does something again and again, and at least once. @returns How often in a second. */
async function repeat(act: () => Promise<unknown>, { forMs, signal }: Span): Promise<number> {
  const begunAt = performance.now();
  let count = 0;
  do {
    await act();
    count++;
    signal.throwIfAborted();
    // Signals are heard between turns of the event loop.
    if (count % 1_000 === 0) await nextTurn();
  } while (performance.now() - begunAt < forMs);
  return count / ((performance.now() - begunAt) / 1_000);
}
