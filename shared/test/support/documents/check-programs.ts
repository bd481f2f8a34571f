import { checkTypes, createAppFolder } from '../app-folder.ts';
import { assumedNames, uninstalled } from './assumed.ts';
import type { Block, Document } from './markdown.ts';

const languages = new Set(['js', 'ts', 'mjs', 'cjs']);

const compilerOptions = {
  target: 'es2023',
  module: 'nodenext',
  lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
  types: ['node', 'electron'],
  strict: true,
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Checks the types of a document's programs in JavaScript and TypeScript. Copies of files are left out: those are tested where they are.
 *
 * @returns What is wrong, by file and line of the document.
 */
export async function checkPrograms(document: Document): Promise<string[]> {
  const programs = document.blocks.filter(({ language, copyOf }) => languages.has(language) && copyOf === undefined);
  const whole = programs.filter(({ file }) => file !== undefined);
  const fragments = programs.filter(({ file }) => file === undefined);
  const modules = Object.keys(uninstalled).map((name) => `declare module '${name}';`);
  const files = {
    ...Object.fromEntries(whole.map((block) => [block.file, placeAtItsLine(block)])),
    'uninstalled.d.ts': modules.join('\n'),
    // What the package's script leaves to a page without a bundler, which knows no types of its contracts.
    'script.d.ts': 'declare var sidecars: Promise<Record<string, any>>;',
  };
  const assumed = `${assumedNames[document.path] ?? ''}\nexport {};`;
  const complaints = await Promise.all([
    compile(files, whole.length),
    compile(
      {
        ...files,
        ...Object.fromEntries(fragments.map((block) => [nameFragment(block), `${placeAtItsLine(block)}\nexport {};`])),
        'assumed.d.ts': assumed,
      },
      fragments.length,
    ),
  ]);
  return [...new Set(complaints.flat())];
}

async function compile(files: Readonly<Record<string, string>>, count: number): Promise<string[]> {
  if (count === 0) return [];
  const tsconfig = JSON.stringify({
    compilerOptions,
    files: Object.keys(files).filter((name) => name !== 'tsconfig.json'),
  });
  const output = await checkTypes(await createAppFolder({ ...files, 'tsconfig.json': tsconfig }));
  const complaints = output.split(/\n(?! )/).filter((complaint) => complaint !== '');
  return complaints.filter((complaint) => !isUntyped(complaint));
}

/**
 * JavaScript can't say of which type a parameter is, nor what it knows of a value whose type is unknown; and it may import
 * packages without types, such as node-ipc.
 */
function isUntyped(complaint: string): boolean {
  return /^\S+js\(.*(?:TS(?:7006|7016|7031|18046):|on type 'Serializable')/.test(complaint);
}

/** Complaints have the document's own lines. */
function placeAtItsLine({ text, line }: Block): string {
  return '\n'.repeat(line) + text;
}

function nameFragment({ language, line }: Block): string {
  return `line-${line}.${language}`;
}
