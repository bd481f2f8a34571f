import type { ThumbnailItem, ThumbnailsInput } from '#contracts/files';
import type { Channel } from './channel.ts';
import { checkRoot } from './check-root.ts';
import { BatchQueue } from './checksum/batch-queue.ts';
import { listBatches } from './checksum/list-batches.ts';
import type { ListedFile } from './checksum/messages.ts';
import { describeFailure, type Failure } from './failure.ts';
import { locateBelow, type RawPath, toName, toRaw } from './raw-path.ts';
import { streamWork } from './stream-work.ts';
import { checkBelowRoot } from './thumbnails/below-root.ts';
import { IMAGE_ENDINGS } from './thumbnails/image-kind.ts';
import { type ImageLibrary, imageLibrary } from './thumbnails/image-library.ts';
import { ImageMeter } from './thumbnails/image-meter.ts';
import { readImage } from './thumbnails/read-image.ts';

const DEFAULT_SIZE = 256;

/** Thumbnails that may be ahead of the one that is next in order, so that a large image does not hold up those behind it. */
const AHEAD = 16;

/** The part of the handler's context that the task uses. */
export interface ThumbnailsContext {
  readonly signal: AbortSignal;
}

type Made = Extract<ThumbnailItem, { type: 'thumbnail' | 'refusal' }>;

/**
 * Gives a WebP thumbnail of every image below `root`. A thread lists the images ahead; a few of them at a time are read and
 * decoded by sharp in Node's thread pool. When the reader is slow the work waits.
 *
 * An image that is damaged, too large or of a kind that is not read becomes an item of the type `refusal`, and the task goes on.
 * The last item has the totals.
 *
 * @throws FilesError `ENOENT`, `ENOTDIR`, `EACCES`, another system code or `ERR_ROOT_NOT_ABSOLUTE`: the root can't be read.
 * @throws FilesError `ERR_IMAGE_LIBRARY`: sharp is missing or does not load.
 * @throws FilesError `ERR_FILES_THREAD`: the listing thread died.
 * @throws The signal's reason, at once.
 */
export async function* thumbnails(
  input: ThumbnailsInput,
  { signal: outer }: ThumbnailsContext,
): AsyncGenerator<ThumbnailItem, void, void> {
  const startedAt = now();
  outer.throwIfAborted();
  await checkRoot(input.root, outer);
  const library = await imageLibrary();
  let counts = { found: 0, done: 0, refused: 0 };
  yield* streamWork<ThumbnailItem>(outer, async (channel, signal) => {
    const meter = new ImageMeter({ report: (progress) => channel.replace({ type: 'progress', ...progress }), now });
    await new ThumbnailRun(input, { library, channel, meter, signal }).run();
    counts = meter.counts;
  });
  yield { type: 'end', ...counts, durationMs: now() - startedAt };
}

interface Work {
  readonly library: ImageLibrary;
  readonly channel: Channel<ThumbnailItem>;
  readonly meter: ImageMeter;
  readonly signal: AbortSignal;
}

class ThumbnailRun {
  readonly #input: ThumbnailsInput;
  readonly #work: Work;
  readonly #queue = new BatchQueue<ListedFile>();

  constructor(input: ThumbnailsInput, work: Work) {
    this.#input = input;
    this.#work = work;
  }

  async run(): Promise<void> {
    await Promise.all([this.#list(), this.#makeAll()]).finally(() => this.#queue.close());
  }

  async #list(): Promise<void> {
    const { root, images, recursive } = this.#input;
    const { meter, signal } = this.#work;
    if (images === undefined) {
      await listBatches({
        request: { root, recursive, endings: IMAGE_ENDINGS },
        signal,
        queue: this.#queue,
        meter,
        onListed: async ({ failures }) => {
          for (const failure of failures) await this.#deliver(refusal(failure));
        },
      });
      return;
    }
    const files = images.map((path) => ({ path: toRaw(path), size: 0 }));
    meter.listed({ files, failures: [], done: true });
    this.#queue.push(files);
    this.#queue.close();
  }

  /** Starts images ahead of the one whose turn it is. How many are decoded at once is the library's concern. */
  async #makeAll(): Promise<void> {
    const isSorted = this.#input.sort !== 'none';
    const started: Promise<void | Made>[] = [];
    for (let batch = await this.#queue.take(); batch !== undefined; batch = await this.#queue.take()) {
      for (const { path } of batch.items) {
        const making = this.#make(path);
        const next = isSorted ? making : making.then((made) => this.#deliver(made));
        // One that fails while it is not its turn must not count as unhandled. Its error is thrown when it is.
        next.catch(() => {});
        started.push(next);
        if (started.length >= AHEAD) await this.#finish(started.shift());
      }
      // What has been started is not left waiting for the next batch.
      while (started.length > 0) await this.#finish(started.shift());
    }
  }

  async #finish(started: Promise<void | Made> | undefined): Promise<void> {
    const made = await started;
    if (made !== undefined) await this.#deliver(made);
  }

  async #make(path: RawPath): Promise<Made> {
    const { root, images, size = DEFAULT_SIZE } = this.#input;
    const { library, signal } = this.#work;
    try {
      const made = await library.make(async () => {
        signal.throwIfAborted();
        if (images !== undefined) await checkBelowRoot(root, path);
        return readImage(locateBelow(root, { shorten: false })(path));
      }, size);
      return { type: 'thumbnail', ...toName(path), ...made };
    } catch (error) {
      signal.throwIfAborted();
      return refusal(describeFailure(path, error, { isNamed: images !== undefined }));
    }
  }

  async #deliver(made: Made): Promise<void> {
    this.#work.meter.made(made.type);
    await this.#work.channel.send(made);
  }
}

function refusal({ path, code, reason }: Failure): Made {
  return { type: 'refusal', ...toName(path), code, reason };
}

function now(): number {
  return performance.now();
}
