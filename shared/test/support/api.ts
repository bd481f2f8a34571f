import { readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

export interface ExportedSymbol {
  readonly name: string;
  /** 'class', 'function' and the like. */
  readonly kind: string;
  /** The first paragraph of its docstring; empty where it has none. */
  readonly doc: string;
}

export interface PublicModule {
  /** The specifier by which an app imports it. */
  readonly specifier: string;
  readonly symbols: readonly ExportedSymbol[];
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly types: string }>>;
  readonly imports: Readonly<Record<string, { readonly types: string }>>;
}

const { name, exports, imports }: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Reads every public module with its exports from the built declarations. */
export function readApi(): PublicModule[] {
  return Object.entries(exports)
    .filter(([path]) => path !== './package.json')
    .map(([path, { types }]) => ({
      specifier: posix.join(name, path),
      symbols: readSymbols(join(root, types)).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }));
}

/** Formats docs/API.md. */
export function formatApi(api: readonly PublicModule[]): string {
  const modules = api.map(({ specifier, symbols }) => {
    const rows = symbols.map(({ name, kind, doc }) => `- \`${name}\` (${kind}): ${doc}`);
    return `## ${specifier}\n\n${rows.length === 0 ? 'Runs when it is loaded, and exports nothing.' : rows.join('\n')}\n`;
  });
  return `# API

What each module of the package exports, in a sentence; arguments, defaults and errors are in the docstrings, which the
editor shows. This page is made of them: \`npx vitest run shared/test/documentation/api.test.ts --update\` after a build.

${modules.join('\n')}`;
}

/** The declarations of a public module, such as 'ipc-link/host'. */
function locateTypes(specifier: string): string {
  const found = specifier.startsWith('#') ? imports[specifier] : exports[specifier.replace(name, '.')];
  if (found === undefined) throw new Error(`package.json has no module ${specifier}.`);
  return join(root, found.types);
}

function readSymbols(file: string): ExportedSymbol[] {
  const text = readFileSync(file, 'utf8');
  const own = readDeclarations(file);
  const others = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)].flatMap(
    ([, names = '', from = '']) => {
      const target = from.startsWith('.') ? join(dirname(file), from.replace(/\.ts$/, '.d.ts')) : locateTypes(from);
      const declared = new Map(readSymbols(target).map((symbol) => [symbol.name, symbol]));
      return names
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter((name) => name !== '')
        .map((name) => declared.get(name) ?? { name, kind: 'unknown', doc: '' });
    },
  );
  return [...own, ...others];
}

/** Reads the symbols that a file itself declares and exports. */
function readDeclarations(file: string): ExportedSymbol[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^export (?:declare )?(?:abstract )?(class|function|const|let|interface|type) (\w+)/gm)].map(
    ([, kind = '', name = '']) => ({ name, kind, doc: readDoc(text, name) }),
  );
}

function readDoc(text: string, name: string): string {
  const declaration = new RegExp(`^export (?:declare )?(?:abstract )?\\w+ ${name}\\b`, 'm').exec(text);
  const before = text.slice(0, declaration?.index).trimEnd();
  if (!before.endsWith('*/')) return '';
  const comment = before.slice(before.lastIndexOf('/**') + 3, -2).replace(/^ *\* ?/gm, '');
  const [paragraph = ''] = comment.split(/\n\s*\n|(?:^|\s)@\w+|```/);
  return paragraph
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}
