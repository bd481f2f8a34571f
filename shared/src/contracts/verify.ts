import { z } from 'zod';
import type { Schema } from '../contract/define.ts';
import { algorithmName, type ChecksumAlgorithm, type ManifestItem, progressItem } from './checksum.ts';
import { type FolderPath, folderPath } from './paths.ts';

export interface VerifyInput {
  /** Absolute path of the folder that the manifest's paths start from. */
  readonly root: FolderPath;
  /** Absolute path of the manifest, in any form that `sha256sum`, `b2sum`, `cksum` and the like print. */
  readonly manifest: FolderPath;
  /** For lines that don't name theirs. @default what their length, or the first match, tells */
  readonly algorithm?: ChecksumAlgorithm | undefined;
  /** Whether files below the root that the manifest doesn't name are told. @default false */
  readonly listNew?: boolean | undefined;
  /** Whether nothing outside the root is read, whatever the manifest names. @default false */
  readonly onlyBelowRoot?: boolean | undefined;
}

/**
 * How a file compares with its line: `ok` as it was, `changed` another content, `missing` not there, `unreadable` there
 * but not to be read, `new` there without a line.
 */
export type VerifyState = 'ok' | 'changed' | 'missing' | 'unreadable' | 'new';

export interface VerifiedFile {
  readonly state: VerifyState;
  /** As the manifest has it; U+FFFD where it is not UTF-8. */
  readonly path: string;
  /** The path as it is, where `path` can't tell. */
  readonly pathBytes?: Uint8Array | undefined;
  /** Why it could not be read. */
  readonly reason?: string | undefined;
}

export interface VerifyCounts {
  readonly ok: number;
  readonly changed: number;
  readonly missing: number;
  readonly unreadable: number;
  readonly new: number;
  /** Lines that are no line of a manifest. */
  readonly misread: number;
}

export type VerifyItem =
  /** In the order of the manifest, new files after all others. */
  | { readonly type: 'files'; readonly files: readonly VerifiedFile[] }
  /** Numbers of lines that are no line of a manifest; 1 is the first. */
  | { readonly type: 'misread'; readonly lines: readonly number[] }
  | (ManifestItem & { readonly type: 'progress' })
  /** The last item. */
  | ({ readonly type: 'end'; readonly bytes: number; readonly durationMs: number } & VerifyCounts);

const count = z.number().int().nonnegative();

export const verifyInput: Schema<VerifyInput> = z.strictObject({
  root: folderPath,
  manifest: folderPath,
  algorithm: algorithmName.optional(),
  listNew: z.boolean().optional(),
  onlyBelowRoot: z.boolean().optional(),
});

const file = z.object({
  state: z.enum(['ok', 'changed', 'missing', 'unreadable', 'new']),
  path: z.string(),
  pathBytes: z.instanceof(Uint8Array).optional(),
  reason: z.string().optional(),
});

export const verifyItem: Schema<VerifyItem> = z.union([
  z.object({ type: z.literal('files'), files: z.array(file).readonly() }),
  z.object({ type: z.literal('misread'), lines: z.array(count).readonly() }),
  progressItem,
  z.object({
    type: z.literal('end'),
    ok: count,
    changed: count,
    missing: count,
    unreadable: count,
    new: count,
    misread: count,
    bytes: count,
    durationMs: z.number().nonnegative(),
  }),
]);
