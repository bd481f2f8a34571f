import type { Readable } from 'node:stream';
import type { EngineOutput } from './run-engine.ts';

/** Pieces that may wait for the reader before the program's streams are paused. */
const WAITING_PIECES = 4;

/**
 * Reads both outputs of a program in the order in which they arrive. They are paused while the reader is slow.
 *
 * @throws The signal's reason, at once; a stream's error.
 */
export async function* mergeStreams(
  { stdout, stderr }: { readonly stdout: Readable; readonly stderr: Readable },
  signal: AbortSignal,
): AsyncGenerator<EngineOutput, void, void> {
  const waiting: EngineOutput[] = [];
  const open = new Set<EngineOutput['from']>(['stdout', 'stderr']);
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  const streams = { stdout, stderr };
  for (const from of open) {
    streams[from]
      .on('data', (bytes: Buffer) => {
        waiting.push({ from, bytes });
        if (waiting.length >= WAITING_PIECES) for (const stream of Object.values(streams)) stream.pause();
        wake();
      })
      .on('error', (error) => {
        failure ??= { error };
        wake();
      })
      .on('end', () => {
        open.delete(from);
        wake();
      });
  }
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (open.size > 0 || waiting.length > 0) {
      signal.throwIfAborted();
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (failure !== undefined) throw failure.error;
      else {
        for (const stream of Object.values(streams)) stream.resume();
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stdout.destroy();
    stderr.destroy();
  }
}
