import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../app-folder.ts';
import type { Document } from './markdown.ts';

/** What a block may be; of `text` nothing is checked. What is `python` is run by python/tests/test_guide.py. */
const languages = new Set(['js', 'mjs', 'cjs', 'ts', 'sh', 'json', 'yaml', 'html', 'python', 'text']);

/** The parser by which electron-builder reads its configuration. */
const yaml: { load(text: string): unknown } = createRequire(
  join(projectFolder, 'node_modules/app-builder-lib/package.json'),
)('js-yaml');

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  json: JSON.parse,
  yaml: (text) => yaml.load(text),
};

/** Checks that every block says what it is, that data can be read, and that copies of files are exact. @returns What is wrong, by line of the document. */
export function checkData({ blocks }: Document): string[] {
  return blocks.flatMap(({ language, text, line, copyOf }) => {
    if (copyOf !== undefined && !isCopy(text, copyOf)) return [`line ${line}: this is not what is in ${copyOf}`];
    if (!languages.has(language)) return [`line ${line}: '${language}' is no language that is checked`];
    try {
      readers[language]?.(text);
      return [];
    } catch (error) {
      return [`line ${line}: ${String(error)}`];
    }
  });
}

function isCopy(text: string, path: string): boolean {
  const file = join(projectFolder, path);
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}
