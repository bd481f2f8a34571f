import { z } from 'zod';
import {
  type Contract,
  defineContract,
  type Schema,
  type Stream,
  stream,
  type Task,
  task,
} from '../contract/define.ts';

/** The digests that `checksum` computes; their coreutils counterparts are `sha256sum` and `sha512sum`. */
export type ChecksumAlgorithm = 'sha256' | 'sha512';

export interface ChecksumInput {
  /** Absolute path of the folder; every regular file below it is read, hidden ones too, symlinks are not followed. */
  readonly root: string;
  /** @default 'sha256' */
  readonly algorithm?: ChecksumAlgorithm | undefined;
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
  /** A sentence for people, such as `permission denied`. */
  readonly reason: string;
}

export interface ChecksumOutput {
  readonly algorithm: ChecksumAlgorithm;
  /**
   * The manifest's text form, byte for byte what `sha256sum` (or `sha512sum`) prints for the same files: a line a file,
   * paths relative to the root without a leading `./`, in byte order, names with backslash, newline or carriage
   * return escaped. Bytes, not a string, because file names on Unix need not be UTF-8.
   */
  readonly manifest: Uint8Array;
  /** Files in the manifest. */
  readonly files: number;
  /** Bytes read. */
  readonly bytes: number;
  readonly failures: readonly ChecksumFailure[];
  readonly durationMs: number;
}

export interface SearchInput {
  /** Absolute path of the folder; every regular file below it is read, hidden ones too, symlinks are not followed. */
  readonly root: string;
  readonly pattern: string;
  /** Whether `pattern` is a JavaScript regular expression (`u` flag) or literal text. @default false */
  readonly regex?: boolean | undefined;
  /** @default false */
  readonly ignoreCase?: boolean | undefined;
}

export interface SearchMatch {
  /** Relative to the root. */
  readonly path: string;
  /** 1 is the first line. */
  readonly line: number;
  /** 1 is the first character, counted in UTF-16 code units. */
  readonly column: number;
  /** The line without its end; cut to 1,000 characters around the match. */
  readonly text: string;
}

const root = z.string().min(1, 'root must be the path of a folder');
const count = z.number().int().nonnegative();
const algorithm = z.enum(['sha256', 'sha512']);

const checksumInput: Schema<ChecksumInput> = z.object({ root, algorithm: algorithm.optional() });
const checksumProgress: Schema<ChecksumProgress> = z.object({
  filesDone: count,
  bytesDone: count,
  filesTotal: count.optional(),
  bytesTotal: count.optional(),
  path: z.string(),
});
const checksumOutput: Schema<ChecksumOutput> = z.object({
  algorithm,
  manifest: z.instanceof(Uint8Array),
  files: count,
  bytes: count,
  failures: z.array(z.object({ path: z.string(), code: z.string(), reason: z.string() })),
  durationMs: z.number().nonnegative(),
});
const searchInput: Schema<SearchInput> = z.object({
  root,
  pattern: z.string().min(1, 'pattern must not be empty'),
  regex: z.boolean().optional(),
  ignoreCase: z.boolean().optional(),
});
const searchMatch: Schema<SearchMatch> = z.object({ path: z.string(), line: count, column: count, text: z.string() });

export type FilesContract = Contract<
  'files',
  {
    readonly checksum: Task<Schema<ChecksumInput>, Schema<ChecksumOutput>, Schema<ChecksumProgress>>;
    readonly search: Stream<Schema<SearchInput>, Schema<SearchMatch>>;
  }
>;

/** What the built-in sidecar does with a folder: checksum every file in it, search in their text. */
export const files: FilesContract = defineContract('files', {
  checksum: task({ input: checksumInput, output: checksumOutput, progress: checksumProgress, idempotent: true }),
  search: stream({ input: searchInput, item: searchMatch }),
});
