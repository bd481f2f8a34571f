import type { WatchInput } from '../../inspection/contract.ts';
import type { ConsoleTick } from '../../inspection/tick.ts';
import { goneHostError } from '../errors.ts';
import type { HostConnection } from './hosts.ts';

/** How long the last tick may take. */
const LAST_TICK_MS = 1_000;

/**
 * What happens in a host, until the signal is aborted or the time is over: either is a way to end, and no error. What happened until
 * then still comes.
 *
 * @throws CliError when the host has gone, with the link's error as its cause.
 */
export async function* watchHost(
  { client, endpoint }: HostConnection,
  input: WatchInput,
  { signal, forMs }: { readonly signal: AbortSignal; readonly forMs: number },
): AsyncGenerator<ConsoleTick, void> {
  const giveUp = new AbortController();
  let endedAt = Infinity;
  let patience: NodeJS.Timeout | undefined;
  const end = (): void => {
    endedAt = Math.min(endedAt, Date.now());
    patience ??= setTimeout(() => giveUp.abort(), LAST_TICK_MS);
  };
  // A timer takes no more; what lasts longer ends by another way.
  const timer = forMs < 0x7fff_ffff ? setTimeout(end, forMs) : undefined;
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    for await (const tick of client.watch(input, { signal: giveUp.signal, timeout: Infinity })) {
      yield tick;
      if (tick.figures.at >= endedAt) return;
    }
  } catch (error) {
    if (!giveUp.signal.aborted) throw goneHostError(endpoint.name, error);
  } finally {
    clearTimeout(timer);
    clearTimeout(patience);
    signal.removeEventListener('abort', end);
  }
}
