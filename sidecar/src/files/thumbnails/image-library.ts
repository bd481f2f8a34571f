import type Sharp from 'sharp';
import { imageError, imageLibraryError } from './errors.ts';
import { checkKind } from './image-kind.ts';
import { importSharp } from './import-sharp.ts';
import { IMAGES_AT_ONCE, MAX_PIXELS, MAX_SECONDS } from './limits.ts';
import { Semaphore } from './semaphore.ts';

/** A WebP of an image. Sizes are in pixels, turned as the image's EXIF orientation says. */
export interface MadeThumbnail {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
}

/** sharp with the limits of this process. All calls share them, so that memory does not grow with the number of calls. */
export class ImageLibrary {
  readonly #sharp: typeof Sharp;
  readonly #images = new Semaphore(IMAGES_AT_ONCE);
  readonly #pixels = new Semaphore(MAX_PIXELS);

  constructor(sharp: typeof Sharp) {
    this.#sharp = sharp;
    // Each image is decoded once, by one thread; several at once are faster than several threads for one.
    sharp.cache(false);
    sharp.concurrency(1);
  }

  /**
   * Makes a thumbnail whose longest side is `size` at most.
   *
   * @param read Gives the file's bytes. Called when it is the image's turn, so that few files are in memory.
   * @throws FilesError `EKIND`, `EPIXELS`, `ETIMEDOUT`, `ECORRUPT`; the errors of `read`.
   */
  make(read: () => Promise<Buffer>, size: number): Promise<MadeThumbnail> {
    return this.#images.use(1, async () => {
      const bytes = await read();
      checkKind(bytes);
      const image = this.#sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn: 'error' });
      const { width, height, autoOrient } = await orRefuse(() => image.metadata());
      const { data, info } = await this.#pixels.use(Math.min(width * height, MAX_PIXELS), () =>
        orRefuse(() =>
          image
            .timeout({ seconds: MAX_SECONDS })
            .autoOrient()
            .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
            .webp({ quality: 78 })
            .toBuffer({ resolveWithObject: true }),
        ),
      );
      const turned = { imageWidth: autoOrient.width, imageHeight: autoOrient.height };
      return { bytes: data, width: info.width, height: info.height, ...turned };
    });
  }
}

async function orRefuse<Result>(decode: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await decode();
  } catch (error) {
    throw imageError(error, (performance.now() - startedAt) / 1_000);
  }
}

/**
 * Loads sharp.
 *
 * @param load Imports it. @default `import('sharp')`
 * @throws FilesError `ERR_IMAGE_LIBRARY` where it is not installed or does not load.
 */
export async function loadImageLibrary(
  load: () => Promise<{ readonly default: typeof Sharp }> = importSharp,
): Promise<ImageLibrary> {
  try {
    return new ImageLibrary((await load()).default);
  } catch (error) {
    throw imageLibraryError(error);
  }
}

let shared: Promise<ImageLibrary> | undefined;

/** The library of this process. It is loaded by the first call: that takes longer than the rest of a sidecar's start. */
export function imageLibrary(): Promise<ImageLibrary> {
  shared ??= loadImageLibrary().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}
