import { z } from 'zod';
import type { Schema } from '../contract/define.ts';
import { algorithmName, type ChecksumAlgorithm, type ManifestItem, progressItem } from './checksum.ts';
import { type FolderPath, folderPath } from './paths.ts';

export interface VerifyInput {
  /** Absolute path of the folder that the manifest's paths start from. */
  readonly root: FolderPath;
  /** Absolute path of the manifest, in any form that `sha256sum`, `b2sum`, `cksum` and the like print. */
  readonly manifest: FolderPath;
  /** Algorithm of the lines that don't name one. @default inferred from the digest's length, or from the first file that matches */
  readonly algorithm?: ChecksumAlgorithm | undefined;
  /** Whether files below the root that the manifest does not list are reported too. @default false */
  readonly listNew?: boolean | undefined;
  /** Whether files outside the root are not read, even where the manifest lists them. @default false */
  readonly onlyBelowRoot?: boolean | undefined;
}

/**
 * How a file compares with its line in the manifest. `ok`: same content. `changed`: other content. `missing`: the file does not
 * exist. `unreadable`: it exists but can't be read. `new`: it exists but has no line.
 */
export type VerifyState = 'ok' | 'changed' | 'missing' | 'unreadable' | 'new';

export interface VerifiedFile {
  readonly state: VerifyState;
  /** As in the manifest. Bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** The path as bytes, where it is not UTF-8. */
  readonly pathBytes?: Uint8Array | undefined;
  /** Why the file could not be read. */
  readonly reason?: string | undefined;
}

export interface VerifyCounts {
  readonly ok: number;
  readonly changed: number;
  readonly missing: number;
  readonly unreadable: number;
  readonly new: number;
  /** Number of lines that could not be parsed. */
  readonly misread: number;
}

export type VerifyItem =
  /** Files in the order of the manifest, new files after all others. */
  | { readonly type: 'files'; readonly files: readonly VerifiedFile[] }
  /** Numbers of lines that could not be parsed, from 1. */
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
