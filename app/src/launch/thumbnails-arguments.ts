import { type Command as Parser, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';
import { type Call, newParser, readPaths, type Subcommand, type Values } from './call.ts';
import type { ThumbnailsCommand } from './command.ts';
import { usageError } from './errors.ts';
import { toCount } from './search-options.ts';

/** The contract's limits, in pixels. */
const SMALLEST = 16;
const LARGEST = 2_048;

/** The command `thumbnails`. */
export const thumbnailsSubcommand: Subcommand = {
  createParser: thumbnailsParser,
  read: readThumbnails,
  exitCodes: `
Exit codes: 0 all done, 1 an image was refused or a thumbnail not written, 2 wrong usage.
129, 130, 143: ended by SIGHUP, SIGINT, SIGTERM.
`,
};

function thumbnailsParser(): Parser {
  return newParser('thumbnails')
    .usage('DIR --out DIR [options]')
    .description(
      'Writes a WebP thumbnail of every image in DIR, and prints its path. Images that are damaged, too large or of a kind that is not read are named on stderr, with the reason.',
    )
    .argument('[dir...]', 'the folder with the images')
    .addOption(new Option('-o, --out <dir>', 'folder for the thumbnails, by the names of their images and .webp'))
    .addOption(new Option('-s, --size <pixels>', 'their longest side, 16 to 2048 (default: 256)').argParser(toSize))
    .addOption(new Option('--no-recursive', 'without the folders in DIR'))
    .addOption(new Option('--overwrite', 'replace files that are there already; else they are left and named'));
}

function readThumbnails({ out, size, recursive, overwrite }: Values, args: string[], call: Call): ThumbnailsCommand {
  if (args.length === 0) throw usageError('DIR is missing.');
  if (args.length > 1) throw usageError(`${JSON.stringify(args[1])} is one argument too many.`);
  if (args[0] === '-') throw usageError('thumbnails reads no list of paths. Name a folder.');
  if (typeof out !== 'string' || out === '') throw usageError('--out is missing: the folder for the thumbnails.');
  return {
    command: 'thumbnails',
    ...readPaths(args, call),
    out: resolve(call.folder, out),
    ...(typeof size === 'number' ? { size } : {}),
    ...(recursive === false ? { recursive } : {}),
    ...(overwrite === true ? { overwrite } : {}),
  };
}

function toSize(value: string): number {
  const size = toCount(value);
  if (size < SMALLEST || size > LARGEST) throw new InvalidArgumentError(`It is from ${SMALLEST} to ${LARGEST}.`);
  return size;
}
