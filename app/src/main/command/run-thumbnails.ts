import { printable } from 'ipc-link';
import type { FolderPath, Thumbnail } from '#contracts/files';
import type { ThumbnailsCommand } from '../../launch/command.ts';
import type { CommandContext } from './command-context.ts';
import { groupPaths } from './path-groups.ts';
import { count, ProgressLine } from './progress-line.ts';
import { isExisting, isInside, ThumbnailFolder } from './thumbnail-folder.ts';

/** @returns The exit code: 0, or 1 when an image was refused or a thumbnail not written. */
export async function runThumbnails(command: ThumbnailsCommand, context: CommandContext): Promise<number> {
  const { client, output, complaints, signal } = context;
  const { out, size, recursive = true, overwrite = false } = command;
  const folder = new ThumbnailFolder(out, { overwrite });
  const line = new ProgressLine();
  const sum = { refused: 0, notWritten: 0, found: 0 };
  const complain = async (path: string, reason: string): Promise<void> => {
    line.clear();
    await complaints.write(`thumbnails: ${printable(path)}: ${reason}\n`);
  };
  const write = async (thumbnail: Thumbnail): Promise<void> => {
    try {
      const path = await folder.write(thumbnail);
      line.clear();
      await output.write(Buffer.concat([path, Buffer.from('\n')]));
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error && 'path' in error)) throw error;
      sum.notWritten += 1;
      const reason = isExisting(error) ? 'there already; --overwrite replaces it' : error.message;
      await complain(`${out}/${thumbnail.path}.webp`, reason);
    }
  };
  try {
    for await (const { root } of groupPaths(command)) {
      await checkOut(root, { out, recursive });
      for await (const item of client.thumbnails({ root, size, recursive }, { signal })) {
        if (item.type === 'thumbnail') await write(item);
        else if (item.type === 'refusal') await complain(item.path, item.reason);
        else if (item.type === 'progress') {
          const done = `${count(item.done + item.refused)} of ${count(item.found)} images`;
          line.show(`${done}${item.refused === 0 ? '' : `, ${count(item.refused)} refused`}`);
        } else {
          sum.refused += item.refused;
          sum.found += item.found;
        }
      }
    }
  } finally {
    line.clear();
  }
  if (sum.found === 0) await complaints.write('thumbnails: no images found.\n');
  if (folder.replaced > 0)
    await complaints.write(
      `thumbnails: ${folder.replaced === 1 ? '1 earlier file was' : `${count(folder.replaced)} earlier files were`} replaced.\n`,
    );
  return sum.refused + sum.notWritten === 0 ? 0 : 1;
}

/** Thumbnails inside the folder would be found as images, by this run or by the next one. */
async function checkOut(
  root: FolderPath,
  { out, recursive }: { readonly out: string; readonly recursive: boolean },
): Promise<void> {
  if (recursive && (await isInside(root, out)))
    throw new Error(`--out '${out}' lies in the folder itself. Choose one outside it, or use --no-recursive.`);
}
