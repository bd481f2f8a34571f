import { createReadStream } from 'node:fs';
import type { ChecksumAlgorithm, FolderPath } from '#contracts/files';
import { manifestError } from '../errors.ts';
import { LineReader, type RawLine } from '../search/read-lines.ts';
import { isComment, type ManifestLine, parseLine } from './parse-line.ts';

/** Longest line, in bytes. No path is as long, even when it is escaped. */
const MAX_LINE_BYTES = 64 * 1024;
const BATCH_LINES = 128;
const NEWLINE = 0x0a;

/** Some lines of a manifest. */
export interface LineBatch {
  readonly lines: readonly ManifestLine[];
  /** Numbers of lines that could not be parsed, from 1. */
  readonly misread: readonly number[];
}

/** Reads a manifest's lines in batches. @throws FilesError when it can't be read. */
export async function* readManifest(
  path: FolderPath,
  { algorithm, signal }: { readonly algorithm: ChecksumAlgorithm | undefined; readonly signal: AbortSignal },
): AsyncGenerator<LineBatch, void, void> {
  const reader = new LineReader(MAX_LINE_BYTES);
  let lines: ManifestLine[] = [];
  let misread: number[] = [];
  let number = 0;
  const read = (line: RawLine): void => {
    number += 1;
    const text = 'bytes' in line ? line.bytes.toString('latin1').replace(/\r$/, '') : undefined;
    if (text !== undefined && isComment(text)) return;
    const parsed = text === undefined ? undefined : parseLine(text, algorithm);
    if (parsed === undefined) misread.push(number);
    else lines.push(parsed);
  };
  for await (const chunk of readChunks(path, signal)) {
    for (const line of reader.push(chunk)) {
      read(line);
      if (lines.length + misread.length < BATCH_LINES) continue;
      yield { lines, misread };
      [lines, misread] = [[], []];
    }
  }
  for (const line of reader.end()) read(line);
  yield { lines, misread };
}

/** Counts the lines of a manifest, for the progress. @throws As `readManifest`. */
export async function countLines(path: FolderPath, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const chunk of readChunks(path, signal)) {
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) count += 1;
  }
  return count;
}

async function* readChunks(path: FolderPath, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  try {
    const stream = createReadStream(typeof path === 'string' ? path : Buffer.from(path), { signal });
    for await (const chunk of stream) yield Buffer.from(chunk);
  } catch (error) {
    signal.throwIfAborted();
    throw manifestError(path, error);
  }
}
