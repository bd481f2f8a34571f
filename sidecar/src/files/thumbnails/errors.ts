import { FilesError } from '../errors.ts';
import { MAX_FILE_BYTES, MAX_PIXELS, MAX_SECONDS } from './limits.ts';

const READ_KINDS = 'only JPEG, PNG, WebP, GIF, AVIF and TIFF are read';

/** sharp, or the part of it for this system, is not installed or does not load. */
export function imageLibraryError(cause: unknown): FilesError {
  const reason = firstLine(cause);
  return new FilesError(
    'ERR_IMAGE_LIBRARY',
    `No thumbnails can be made, because the image library sharp does not load on ${process.platform}-${process.arch}: ${reason} ` +
      'Install it with its optional dependencies (npm install --include=optional sharp); in a packaged app, unpack node_modules/@img from the archive.',
    { cause },
  );
}

/** @param kind What the file is, such as `an SVG`; undefined where that is not known. */
export function unreadKindError(kind: string | undefined): FilesError {
  const what = kind === undefined ? 'it is no image of a kind that is known here' : `it is ${kind}`;
  return new FilesError('EKIND', `${what}; ${READ_KINDS}`);
}

export function fileTooLargeError(bytes: number): FilesError {
  return new FilesError(
    'EFBIG',
    `the file has ${toMebibytes(bytes)} MiB, and at most ${toMebibytes(MAX_FILE_BYTES)} MiB are read`,
  );
}

export function outsideError(): FilesError {
  return new FilesError('EOUTSIDE', 'it lies outside the folder');
}

/**
 * Why sharp has refused an image. Its message is not passed on: libvips collects the messages of all images that are decoded at
 * the same time, so that it may be about another one.
 *
 * @param seconds How long the image was decoded.
 */
export function imageError(cause: unknown, seconds: number): FilesError {
  // This message is sharp's own, and so is about this image.
  if (cause instanceof Error && cause.message.includes('exceeds pixel limit'))
    return new FilesError('EPIXELS', `it has more than ${MAX_PIXELS / 1e6} million pixels`, { cause });
  if (seconds >= MAX_SECONDS)
    return new FilesError('ETIMEDOUT', `it was not done after ${MAX_SECONDS} seconds`, { cause });
  return new FilesError('ECORRUPT', 'it is damaged or incomplete', { cause });
}

function toMebibytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = /\S.*/.exec(text)?.[0].trim() ?? 'it gave no reason';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
