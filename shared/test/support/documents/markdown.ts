import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../app-folder.ts';

/** A fenced block of a document. */
export interface Block {
  /** What stands behind the opening fence. */
  readonly language: string;
  readonly text: string;
  /** The line of the document that the opening fence is on, counted from 1. */
  readonly line: number;
  /** The file that the block shows whole, where its first line is a comment that names it. */
  readonly file: string | undefined;
  /** The file of the repository that the block is a copy of, where the line in front of it begins with its path and ends with a colon. */
  readonly copyOf: string | undefined;
}

export interface Document {
  /** Its path in the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Folders of what is installed, built or reported, besides those with a dot at their beginning. */
const generated = new Set(['node_modules', 'bundle', 'dist', 'out', 'release', 'test-results']);

/** Every Markdown file of the repository. */
export function findDocuments(folder = ''): Document[] {
  const entries = readdirSync(join(projectFolder, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return generated.has(entry.name) || entry.name.startsWith('.') ? [] : findDocuments(path);
    return entry.name.endsWith('.md') ? [readDocument(path, readFileSync(join(projectFolder, path), 'utf8'))] : [];
  });
}

export function readDocument(path: string, text: string): Document {
  const found = text.matchAll(/^(?<indent> *)```(?<language>.*)\n(?<body>[^]*?)^\k<indent>```$/gm);
  const blocks = [...found].map(({ index, groups: { language = '', body = '' } = {} }) => ({
    copyOf: /(?:^|\n)`([\w.-]+\/[\w./-]+)`[^\n]*:\n\n$/.exec(text.slice(0, index))?.[1],
    language: language.trim(),
    text: body,
    line: text.slice(0, index).split('\n').length,
    file: /^(?:\/\/|<!--|#) ([\w./-]+\.\w+)(?: -->)?$/m.exec(body.split('\n')[0] ?? '')?.[1],
  }));
  return { path, text, blocks };
}
