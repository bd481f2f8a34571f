import { z } from 'zod';

/** Absolute path of a folder; as bytes where its name is not UTF-8. */
export type FolderPath = string | Uint8Array;

/** A file that results go to, known by device and inode, whatever its name. */
export interface FileIdentity {
  /** Decimal digits. */
  readonly device: string;
  /** Decimal digits. */
  readonly inode: string;
  /** Absolute path under which the file may be found; spares a look at every file. */
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
