import type { Readable } from 'node:stream';
import { abortable } from '../abortable.ts';
import type { EngineOutput } from './run-engine.ts';

type Source = EngineOutput['from'];

interface Read {
  readonly from: Source;
  readonly result: IteratorResult<Buffer, unknown>;
}

/**
 * Both outputs of a program in the order in which they come; nothing is read ahead of what is asked for.
 *
 * @throws The signal's reason, at once.
 */
export async function* mergeStreams(
  { stdout, stderr }: { readonly stdout: Readable; readonly stderr: Readable },
  signal: AbortSignal,
): AsyncGenerator<EngineOutput, void, void> {
  const iterators = { stdout: stdout[Symbol.asyncIterator](), stderr: stderr[Symbol.asyncIterator]() };
  const read = async (from: Source): Promise<Read> => ({ from, result: await iterators[from].next() });
  const reading = new Map<Source, Promise<Read>>([
    ['stdout', read('stdout')],
    ['stderr', read('stderr')],
  ]);
  try {
    while (reading.size > 0) {
      const { from, result } = await abortable(Promise.race(reading.values()), signal);
      if (result.done === true) {
        reading.delete(from);
        continue;
      }
      yield { from, bytes: result.value };
      reading.set(from, read(from));
    }
  } finally {
    stdout.destroy();
    stderr.destroy();
  }
}
