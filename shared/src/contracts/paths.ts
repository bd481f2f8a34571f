import { z } from 'zod';

/** Path of a folder or file, as bytes where it is not UTF-8. */
export type FolderPath = string | Uint8Array;

/** A file that results are written to. Its device and inode identify it under any path. */
export interface FileIdentity {
  /** Decimal digits. */
  readonly device: string;
  /** Decimal digits. */
  readonly inode: string;
  /** Absolute path under which the file may be found. With it, the task needn't compare every file. */
  readonly path?: string | undefined;
}

const digits = z.string().regex(/^\d+$/);
const path = z.string().regex(/^[^\0]+$/, 'a path must be a text without NUL characters');

export const folderPath: z.ZodType<FolderPath, FolderPath> = z.union([path, z.instanceof(Uint8Array)]);
export const fileIdentity: z.ZodType<FileIdentity, FileIdentity> = z.object({
  device: digits,
  inode: digits,
  path: path.optional(),
});
