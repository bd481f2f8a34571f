import type { WatchInput } from '../../inspection/contract.ts';
import type { ConsoleTick } from '../../inspection/tick.ts';
import { goneHostError } from '../errors.ts';
import type { HostConnection } from './hosts.ts';

/**
 * What happens in a host, until the signal is aborted or the time is over: either is a way to end, and no error.
 *
 * @throws CliError when the host has gone, with the link's error as its cause.
 */
export async function* watchHost(
  { client, endpoint }: HostConnection,
  input: WatchInput,
  { signal, forMs }: { readonly signal: AbortSignal; readonly forMs: number },
): AsyncGenerator<ConsoleTick, void> {
  const end = new AbortController();
  const stop = (): void => end.abort();
  if (signal.aborted) return;
  signal.addEventListener('abort', stop, { once: true });
  // A timer takes no more; what lasts longer ends by another way.
  const timer = forMs < 0x7fff_ffff ? setTimeout(stop, forMs) : undefined;
  try {
    yield* client.watch(input, { signal: end.signal, timeout: Infinity });
  } catch (error) {
    if (!end.signal.aborted) throw goneHostError(endpoint.name, error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
