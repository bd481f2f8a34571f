import { createContext, runInContext, runInThisContext } from 'node:vm';
import type { end } from '../type-rows/end.ts';
import { bundleForPage } from './page-bundle.ts';

type End = typeof end;

/** The globals of a page, besides those of JavaScript, that the rows need. */
const pageGlobals = [
  'AbortController',
  'Blob',
  'CryptoKey',
  'File',
  'FormData',
  'Headers',
  'MessageChannel',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'btoa',
  'crypto',
  'queueMicrotask',
  'setTimeout',
  'performance',
  'structuredClone',
] as const;

/** The end of a page, bundled for one, among the classes of this realm: all that Node and pages both have is there. */
export async function loadPageEnd(): Promise<End> {
  return toEnd(runInThisContext(`(() => { ${await bundleEnd()} return exported.end; })()`));
}

/** The same in a realm of its own, which has nothing of Node, with a script that is run there afterwards. */
export async function loadSeparatePageEnd(script: string): Promise<End> {
  const context = createContext(Object.fromEntries(pageGlobals.map((name) => [name, Reflect.get(globalThis, name)])));
  const loaded: unknown = runInContext(`(() => { ${await bundleEnd()} return exported.end; })()`, context);
  runInContext(script, context);
  return toEnd(loaded);
}

async function bundleEnd(): Promise<string> {
  return await bundleForPage('test/type-rows/end.ts', 'iife');
}

function toEnd(loaded: unknown): End {
  if (!isEnd(loaded)) throw new TypeError('The bundle exports no end.');
  return loaded;
}

function isEnd(value: unknown): value is End {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'place') === 'page';
}
