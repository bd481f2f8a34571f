import type { ThumbnailsRequest } from '../api.ts';

/** The values of the form. */
export type ThumbnailsFormOptions = Omit<ThumbnailsRequest, 'root'>;

/** Sizes that can be chosen, in pixels. */
export const thumbnailSizes: readonly number[] = [128, 256, 512];

export const defaultThumbnailsOptions: ThumbnailsFormOptions = { size: 256, recursive: true, sort: 'path' };
