import type { ListProtocol, ListRequest } from '../checksum/messages.ts';
import type { RawPath } from '../raw-path.ts';
import { Thread } from '../thread/thread.ts';

/** Lists the files of a tree that are not among the known ones, in batches. */
export async function* findNewFiles(
  request: ListRequest,
  { known, signal }: { readonly known: ReadonlySet<RawPath>; readonly signal: AbortSignal },
): AsyncGenerator<readonly RawPath[], void, void> {
  const entry = new URL('../checksum/list-worker.js', import.meta.url);
  const thread = new Thread<ListProtocol>({ entry, data: request, signal });
  try {
    for (let done = false; !done;) {
      const batch = await thread.ask('next');
      if (!('leftOut' in batch))
        throw new TypeError('The listing thread was asked for a batch and replied with a count.');
      const fresh = batch.files.map(({ path }) => path).filter((path) => !known.has(path));
      if (fresh.length > 0) yield fresh;
      done = batch.done;
    }
  } finally {
    await thread.close();
  }
}
