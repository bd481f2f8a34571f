import { z } from 'zod';
import type { Schema } from '../contract/define.ts';
import { type FolderPath, folderPath } from './paths.ts';

export interface ThumbnailsInput {
  /** Absolute path of the folder. Its images are found by the ends of their names. Symlinks are not followed. */
  readonly root: FolderPath;
  /** Images to read instead of all, relative to the root. One outside the root is refused. @default all */
  readonly images?: readonly FolderPath[] | undefined;
  /** Longest side of a thumbnail in pixels, from 16 to 2,048. Smaller images keep their size. @default 256 */
  readonly size?: number | undefined;
  /** Whether the folders below the root are searched for images too. @default true */
  readonly recursive?: boolean | undefined;
  /** `path`: in the byte order of the paths. `none`: each as soon as it is made. @default 'path' */
  readonly sort?: 'path' | 'none' | undefined;
}

interface NamedImage {
  /** Relative to the root; `.` is the root itself. Bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** The path as bytes, where it is not UTF-8. */
  readonly pathBytes?: Uint8Array | undefined;
}

/** A thumbnail. An animated image has its first frame. */
export interface Thumbnail extends NamedImage {
  readonly type: 'thumbnail';
  /** A WebP file, without the image's metadata. */
  readonly bytes: Uint8Array;
  /** Of the thumbnail, in pixels, turned as the image's EXIF orientation says. */
  readonly width: number;
  readonly height: number;
  /** Of the image, in pixels, turned in the same way. */
  readonly imageWidth: number;
  readonly imageHeight: number;
}

/** An image that no thumbnail was made of, or a folder that could not be listed. The task went on without it. */
export interface ThumbnailRefusal extends NamedImage {
  readonly type: 'refusal';
  /**
   * `EKIND`: neither JPEG, PNG, WebP, GIF, AVIF nor TIFF. `ECORRUPT`: damaged or incomplete. `EPIXELS`: more than 100 million pixels.
   * `EFBIG`: more than 64 MiB. `ETIMEDOUT`: not done after 10 seconds. `EOUTSIDE`: not below the root. Else the system's error
   * code, such as `EACCES`.
   */
  readonly code: string;
  /** The reason in words. */
  readonly reason: string;
}

export interface ThumbnailCounts {
  /** Images found, and folders that could not be listed. */
  readonly found: number;
  /** Thumbnails made. */
  readonly done: number;
  readonly refused: number;
}

export type ThumbnailItem =
  | Thumbnail
  | ThumbnailRefusal
  /** `listed` says whether `found` has all images. */
  | ({ readonly type: 'progress'; readonly listed: boolean } & ThumbnailCounts)
  /** The last item. */
  | ({ readonly type: 'end'; readonly durationMs: number } & ThumbnailCounts);

export const thumbnailsInput: Schema<ThumbnailsInput> = z.strictObject({
  root: folderPath,
  images: z.array(folderPath).readonly().optional(),
  size: z.number().int().min(16).max(2_048).optional(),
  recursive: z.boolean().optional(),
  sort: z.enum(['path', 'none']).optional(),
});

const count = z.number().int().nonnegative();
const named = { path: z.string(), pathBytes: z.instanceof(Uint8Array).optional() };
const counts = { found: count, done: count, refused: count };

export const thumbnailItem: Schema<ThumbnailItem> = z.discriminatedUnion('type', [
  z.object({
    ...named,
    type: z.literal('thumbnail'),
    bytes: z.instanceof(Uint8Array),
    width: count,
    height: count,
    imageWidth: count,
    imageHeight: count,
  }),
  z.object({ ...named, type: z.literal('refusal'), code: z.string(), reason: z.string() }),
  z.object({ ...counts, type: z.literal('progress'), listed: z.boolean() }),
  z.object({ ...counts, type: z.literal('end'), durationMs: z.number().nonnegative() }),
]);
