import { z } from 'zod';
import type { Schema } from '../contract/define.ts';
import { type FileIdentity, fileIdentity, type FolderPath, folderPath } from './paths.ts';

/** Names of digests. `blake2b` has 512 bits, as `b2sum` prints it; `blake3` has 256. */
export type ChecksumAlgorithm =
  'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-512' | 'blake2b' | 'blake3';

export interface ChecksumInput {
  /** Absolute path of the folder. Every regular file below it is read, hidden ones too. Symlinks are not followed. */
  readonly root: FolderPath;
  /** Files and folders to read instead of the root, relative to it or absolute. @default the root */
  readonly paths?: readonly FolderPath[] | undefined;
  /** Several algorithms are computed while each file is read once. @default 'sha256' */
  readonly algorithm?: ChecksumAlgorithm | readonly ChecksumAlgorithm[] | undefined;
  /** Whether lines name their algorithm, as those of `cksum --tag` do. @default true with several algorithms, else false */
  readonly tag?: boolean | undefined;
  /** Files that the manifest is written to. They are left out of it. */
  readonly outputs?: readonly FileIdentity[] | undefined;
}

export interface ChecksumProgress {
  readonly filesDone: number;
  readonly bytesDone: number;
  /** Known once the whole tree has been listed. */
  readonly filesTotal?: number | undefined;
  /** Known once the whole tree has been listed. */
  readonly bytesTotal?: number | undefined;
  /** The file being read, relative to the root. */
  readonly path: string;
}

/** Something below the root that could not be read; the task went on without it. */
export interface ChecksumFailure {
  /** Relative to the root; `.` is the root itself. */
  readonly path: string;
  /** The system's error code, such as `EACCES`. */
  readonly code: string;
  /** The reason in words, such as `permission denied`. */
  readonly reason: string;
}

export interface ChecksumOutput {
  /** The first of the algorithms, where the input has several. */
  readonly algorithm: ChecksumAlgorithm;
  /**
   * The manifest's text, byte for byte what `sha256sum` (or `sha512sum`) prints for the same files: one line a file, paths
   * relative to the root without a leading `./`, in byte order, names with backslash, newline or carriage return escaped.
   * Bytes instead of a string, because file names on Unix need not be UTF-8.
   */
  readonly manifest: Uint8Array;
  /** Files in the manifest. */
  readonly files: number;
  /** Bytes read. */
  readonly bytes: number;
  readonly failures: readonly ChecksumFailure[];
  readonly durationMs: number;
}

/** One item of the stream `manifest`: lines of the manifest, or a report about them. */
export type ManifestItem =
  /** The next lines of the manifest's text, as in {@link ChecksumOutput}. */
  | { readonly type: 'lines'; readonly lines: Uint8Array; readonly files: number }
  | ({ readonly type: 'failure' } & ChecksumFailure)
  /** A file that was left out because the manifest is written to it. */
  | { readonly type: 'leftOut'; readonly path: string; readonly reason: string }
  | ({ readonly type: 'progress' } & ChecksumProgress)
  /** The last item. */
  | {
      readonly type: 'end';
      readonly files: number;
      readonly bytes: number;
      readonly failures: number;
      readonly durationMs: number;
    };

export const algorithmName: z.ZodType<ChecksumAlgorithm, ChecksumAlgorithm> = z.enum([
  'md5',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'sha3-512',
  'blake2b',
  'blake3',
]);

const count = z.number().int().nonnegative();
const durationMs = z.number().nonnegative();
const progress = {
  filesDone: count,
  bytesDone: count,
  filesTotal: count.optional(),
  bytesTotal: count.optional(),
  path: z.string(),
};
const failure = { path: z.string(), code: z.string(), reason: z.string() };

export const checksumInput: Schema<ChecksumInput> = z.object({
  root: folderPath,
  paths: z.array(folderPath).readonly().optional(),
  algorithm: z.union([algorithmName, z.array(algorithmName).min(1).readonly()]).optional(),
  tag: z.boolean().optional(),
  outputs: z.array(fileIdentity).readonly().optional(),
});
export const checksumProgress: Schema<ChecksumProgress> = z.object(progress);
export const checksumOutput: Schema<ChecksumOutput> = z.object({
  algorithm: algorithmName,
  manifest: z.instanceof(Uint8Array),
  files: count,
  bytes: count,
  failures: z.array(z.object(failure)),
  durationMs,
});
export const progressItem: z.ZodType<ManifestItem & { type: 'progress' }, ManifestItem & { type: 'progress' }> =
  z.object({ ...progress, type: z.literal('progress') });
export const manifestItem: Schema<ManifestItem> = z.union([
  z.object({ type: z.literal('lines'), lines: z.instanceof(Uint8Array), files: count }),
  z.object({ ...failure, type: z.literal('failure') }),
  z.object({ type: z.literal('leftOut'), path: z.string(), reason: z.string() }),
  progressItem,
  z.object({ type: z.literal('end'), files: count, bytes: count, failures: count, durationMs }),
]);
