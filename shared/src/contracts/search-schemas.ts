import { z } from 'zod';
import type { Schema } from '../contract/define.ts';
import { fileIdentity, folderPath } from './paths.ts';
import type { PrintInput, PrintItem, SearchInput, SearchItem } from './search.ts';

const flag = z.boolean().optional();
const text = z
  .string()
  .max(32_768)
  .regex(/^[^\0]+$/, 'must be a text without NUL characters');
const texts = z.array(text).readonly().optional();
const count = z.number().int().nonnegative();
// On Linux an argument of a process has at most 128 KiB, and a character may take four bytes.
const pattern = z
  .string()
  .min(1, 'pattern must not be empty')
  .max(32_768, 'pattern must not be longer than 32,768 characters')
  .regex(/^[^\0]*$/, 'pattern must not hold a NUL character; write \\0 in a regular expression');

const searchOptions = {
  ignoreCase: flag,
  smartCase: flag,
  wordRegexp: flag,
  lineRegexp: flag,
  invertMatch: flag,
  multiline: flag,
  multilineDotall: flag,
  crlf: flag,
  engine: z.enum(['auto', 'default', 'pcre2']).optional(),
  hidden: flag,
  noIgnore: flag,
  text: flag,
  glob: texts,
  iglob: texts,
  type: texts,
  typeNot: texts,
  maxDepth: count.optional(),
  maxFilesize: z
    .string()
    .regex(/^\d+[KMG]?$/, 'maxFilesize must be a number of bytes, or a number with the unit K, M or G')
    .optional(),
  oneFileSystem: flag,
  encoding: text.optional(),
  maxCount: count.optional(),
  beforeContext: count.optional(),
  afterContext: count.optional(),
  sort: z.enum(['none', 'path', 'modified', 'accessed', 'created']).optional(),
};

const printOptions = z.strictObject({
  vimgrep: flag,
  count: flag,
  countMatches: flag,
  filesWithMatches: flag,
  filesWithoutMatch: flag,
  onlyMatching: flag,
  json: flag,
  null: flag,
  heading: flag,
  noColumn: flag,
  noLineNumber: flag,
  noFilename: flag,
  color: z.enum(['never', 'always', 'ansi']).optional(),
  maxColumns: count.optional(),
  maxColumnsPreview: flag,
  trim: flag,
  stats: flag,
});

const search = {
  ...searchOptions,
  root: folderPath,
  paths: z.array(folderPath).readonly().optional(),
  pattern: z.union([pattern, z.array(pattern).min(1).readonly()]),
  regex: flag,
  outputs: z.array(fileIdentity).readonly().optional(),
};

export const searchInput: Schema<SearchInput> = z.strictObject(search);
export const printInput: Schema<PrintInput> = z.strictObject({ ...search, print: printOptions.optional() });

const place = { path: z.string(), pathBytes: z.instanceof(Uint8Array).optional(), line: count, text: z.string() };

export const searchItem: Schema<SearchItem> = z.discriminatedUnion('type', [
  z.object({
    ...place,
    type: z.literal('match'),
    column: count,
    byteColumn: count,
    ranges: z.array(z.tuple([count, count]).readonly()).readonly(),
    cut: z.object({ before: z.boolean(), after: z.boolean() }),
  }),
  z.object({ ...place, type: z.literal('context') }),
  z.object({ type: z.literal('failure'), path: z.string(), code: z.string(), reason: z.string() }),
  z.object({ type: z.literal('leftOut'), path: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('end'),
    files: count,
    filesWithMatches: count,
    lines: count,
    matches: count,
    bytes: count,
    binaryFiles: count,
    failures: count,
  }),
]);

export const printItem: Schema<PrintItem> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output'), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal('complaint'), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal('end'), found: z.boolean(), failed: z.boolean(), binaryFiles: count }),
]);
