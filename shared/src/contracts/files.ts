import {
  type Contract,
  defineContract,
  type Schema,
  type Stream,
  stream,
  type Task,
  task,
} from '../contract/define.ts';
import {
  type ChecksumInput,
  checksumInput,
  type ChecksumOutput,
  checksumOutput,
  type ChecksumProgress,
  checksumProgress,
  type ManifestItem,
  manifestItem,
} from './checksum.ts';
import { printInput, printItem, searchInput, searchItem } from './search-schemas.ts';
import type { PrintInput, PrintItem, SearchInput, SearchItem } from './search.ts';
import { type ThumbnailItem, thumbnailItem, type ThumbnailsInput, thumbnailsInput } from './thumbnails.ts';
import { type VerifyInput, verifyInput, type VerifyItem, verifyItem } from './verify.ts';

export type * from './checksum.ts';
export type * from './paths.ts';
export type * from './search.ts';
export type * from './thumbnails.ts';
export type * from './verify.ts';

export type FilesContract = Contract<
  'files',
  {
    readonly checksum: Task<Schema<ChecksumInput>, Schema<ChecksumOutput>, Schema<ChecksumProgress>>;
    readonly manifest: Stream<Schema<ChecksumInput>, Schema<ManifestItem>>;
    readonly verify: Stream<Schema<VerifyInput>, Schema<VerifyItem>>;
    readonly search: Stream<Schema<SearchInput>, Schema<SearchItem>>;
    readonly printSearch: Stream<Schema<PrintInput>, Schema<PrintItem>>;
    readonly thumbnails: Stream<Schema<ThumbnailsInput>, Schema<ThumbnailItem>>;
  }
>;

/**
 * The operations of the built-in sidecar on a folder: to compute checksums of all its files, to compare it with a manifest, to
 * search in its text, and to make thumbnails of its images.
 *
 * `checksum` returns the manifest in one reply, which has to fit into a message: up to some 300,000 files. `manifest` streams
 * it in pieces as they are ready, for folders of any size. `search` streams hits as values, `printSearch` as text in ripgrep's
 * format.
 */
export const files: FilesContract = defineContract('files', {
  checksum: task({ input: checksumInput, output: checksumOutput, progress: checksumProgress, idempotent: true }),
  manifest: stream({ input: checksumInput, item: manifestItem }),
  verify: stream({ input: verifyInput, item: verifyItem }),
  search: stream({ input: searchInput, item: searchItem }),
  printSearch: stream({ input: printInput, item: printItem }),
  thumbnails: stream({ input: thumbnailsInput, item: thumbnailItem }),
});
