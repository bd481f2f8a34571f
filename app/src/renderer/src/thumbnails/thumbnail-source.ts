import type { FilesClient, ThumbnailsRequest } from '../api.ts';
import { toRunError } from '../run/run-error.ts';
import type { ThumbnailLog, ThumbnailRow } from './thumbnail-log.ts';

/** Thumbnails asked for again in one call. Few, so that those which the user has scrolled to since then come soon. */
const atOnce = 12;

/** A WebP file, or why it can't be made any more. */
export type ThumbnailAnswer = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string };

type Listener = (answer: ThumbnailAnswer) => void;

/** Gives the grid the thumbnails of its rows: those that were kept at once, and makes the others again. */
export class ThumbnailSource {
  readonly #files: FilesClient;
  readonly #input: ThumbnailsRequest;
  readonly #log: ThumbnailLog;
  readonly #wanted = new Map<number, Listener>();
  #isAsking = false;

  constructor(files: FilesClient, input: ThumbnailsRequest, log: ThumbnailLog) {
    this.#files = files;
    this.#input = input;
    this.#log = log;
  }

  /**
   * Calls back once with a row's thumbnail: at once where it was kept, else when it has been made again.
   *
   * @returns Withdraws the wish.
   */
  want(row: number, listener: Listener): () => void {
    const kept = this.#log.kept.get(row);
    if (kept !== undefined) {
      listener({ bytes: kept });
      return () => {};
    }
    this.#wanted.set(row, listener);
    if (!this.#isAsking) void this.#askForAll();
    return () => {
      if (this.#wanted.get(row) === listener) this.#wanted.delete(row);
    };
  }

  /**
   * Makes a larger view of a row's image.
   *
   * @throws When the image was refused, or the call failed.
   */
  async enlarge(row: number, { size, signal }: { readonly size: number; readonly signal: AbortSignal }): Promise<Blob> {
    const image = this.#log.at(row);
    const images = image === undefined ? [] : [image.pathBytes ?? image.path];
    for await (const item of this.#files.thumbnails({ ...this.#input, size, images }, { signal })) {
      if (item.type === 'thumbnail') return toBlob(new Uint8Array(item.bytes));
      if (item.type === 'refusal') throw new Error(`The image can’t be read any more: ${item.reason}.`);
    }
    signal.throwIfAborted();
    throw new Error('The image was not found.');
  }

  async #askForAll(): Promise<void> {
    this.#isAsking = true;
    // The rest of the rows that are rendered now go into the same call.
    await Promise.resolve();
    while (this.#wanted.size > 0) {
      // Those that were wanted last are most likely still to be seen.
      const rows = [...this.#wanted.keys()].slice(-atOnce);
      const problem = await this.#ask(rows);
      for (const row of rows) this.#give(row, { problem });
    }
    this.#isAsking = false;
  }

  /** @returns Why rows that have got no answer won't get one. */
  async #ask(rows: readonly number[]): Promise<string> {
    const rowOf = new Map<string, number>();
    const images: (string | Uint8Array)[] = [];
    for (const row of rows) {
      const image = this.#log.at(row);
      if (image === undefined) continue;
      rowOf.set(keyOf(image), row);
      images.push(image.pathBytes ?? image.path);
    }
    try {
      for await (const item of this.#files.thumbnails({ ...this.#input, images, sort: 'none' }, {})) {
        if (item.type !== 'thumbnail' && item.type !== 'refusal') continue;
        const row = rowOf.get(keyOf(item));
        if (row === undefined) continue;
        if (item.type === 'refusal') this.#give(row, { problem: item.reason });
        else this.#keep(row, new Uint8Array(item.bytes));
      }
      return 'it was not found again';
    } catch (error) {
      return toRunError(error).message;
    }
  }

  #keep(row: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#log.kept.put(row, bytes);
    this.#give(row, { bytes });
  }

  #give(row: number, answer: ThumbnailAnswer): void {
    const listener = this.#wanted.get(row);
    this.#wanted.delete(row);
    listener?.(answer);
  }
}

/** A thumbnail as the page shows it. */
export function toBlob(bytes: Uint8Array<ArrayBuffer>): Blob {
  return new Blob([bytes], { type: 'image/webp' });
}

function keyOf({ path, pathBytes }: Pick<ThumbnailRow, 'path' | 'pathBytes'>): string {
  return pathBytes === undefined ? path : `bytes ${pathBytes.join(' ')}`;
}
