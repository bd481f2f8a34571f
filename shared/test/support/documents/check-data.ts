import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectFolder } from '../app-folder.ts';
import type { Document } from './markdown.ts';

/** What a block may be; of `text` nothing is checked. */
const languages = new Set(['js', 'mjs', 'cjs', 'ts', 'sh', 'json', 'yaml', 'html', 'text']);

/** The parser by which electron-builder reads its configuration. */
const yaml: { load(text: string): unknown } = createRequire(
  join(projectFolder, 'node_modules/app-builder-lib/package.json'),
)('js-yaml');

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  json: JSON.parse,
  yaml: (text) => yaml.load(text),
};

/** Checks that every block says what it is, and that data can be read. @returns What is wrong, by line of the document. */
export function checkData({ blocks }: Document): string[] {
  return blocks.flatMap(({ language, text, line }) => {
    if (!languages.has(language)) return [`line ${line}: '${language}' is no language that is checked`];
    try {
      readers[language]?.(text);
      return [];
    } catch (error) {
      return [`line ${line}: ${String(error)}`];
    }
  });
}
