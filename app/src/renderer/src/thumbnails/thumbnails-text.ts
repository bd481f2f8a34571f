import { formatCount, formatCounted } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import type { ThumbnailRow, ThumbnailTally } from './thumbnail-log.ts';
import type { ThumbnailsRunState } from './thumbnails-run.ts';

/** Text of the status line. Changes seldom, because screen readers read each change aloud. */
export function thumbnailsStatus(state: ThumbnailsRunState): string {
  switch (state.status) {
    case 'idle':
      return 'Ready.';
    case 'running':
      return `Making thumbnails of ${visibleName(folderName(state.input.root))}…`;
    case 'done':
      return `Done: ${summarizeThumbnails(state.result)} after ${formatDuration(state.durationMs)}.`;
    case 'failed':
      return 'The thumbnails could not be made.';
    case 'cancelled':
      return `Cancelled: ${summarizeThumbnails(state.progress)} until then.`;
  }
}

/** The window's title during a run. */
export function thumbnailsTitle(state: ThumbnailsRunState): string | undefined {
  if (state.status !== 'running') return undefined;
  return `Thumbnails of ${visibleName(folderName(state.input.root))}`;
}

/** `1,204 thumbnails, 3 refused` */
export function summarizeThumbnails({ rows, refused }: ThumbnailTally): string {
  const made = formatCounted(rows, 'thumbnail');
  return refused === 0 ? made : `${made}, ${formatCount(refused)} refused`;
}

/** `120 of 1,204 images`; `120 of 1,204 images so far` while they are still listed. */
export function describeMade({ rows, refused, found, listed }: ThumbnailTally): string {
  const done = formatCount(rows + refused);
  return `${done} of ${formatCounted(found, 'image')}${listed ? '' : ' found so far'}`;
}

/** `4,000 × 3,000 pixels` */
export function describeSize({ imageWidth, imageHeight }: Pick<ThumbnailRow, 'imageWidth' | 'imageHeight'>): string {
  return `${formatCount(imageWidth)} × ${formatCount(imageHeight)} pixels`;
}

/** The part of the images that is done, from 0 to 1; `undefined` until all are found. */
export function thumbnailsFraction({ rows, refused, found, listed }: ThumbnailTally): number | undefined {
  if (!listed) return undefined;
  return found === 0 ? 1 : Math.min(1, (rows + refused) / found);
}
