/**
 * What fragments of code take for granted, as global declarations by document. Blocks that show a whole file, with a comment
 * in the first line that names it, take nothing for granted.
 */
export const assumedNames: Readonly<Record<string, string>> = {
  'docs/CLI.md': `
    declare global {
      const host: import('ipc-link/host').SidecarHost;
    }`,
  'docs/CONSOLE.md': `
    declare global {
      const host: import('ipc-link/host').SidecarHost;
    }`,
  'docs/OBSERVABILITY.md': `
    declare global {
      const host: import('ipc-link/host').SidecarHost;
    }`,
  'docs/SCALING.md': `
    declare global {
      const files: import('ipc-link/contract').Contract;
    }`,
  'docs/SIDECARS.md': `
    import type { Contract, Schema, Stream, Task } from 'ipc-link/contract';
    declare global {
      const text: Contract<
        'text',
        { countWords: Task<Schema<string>, Schema<number>, Schema<number>>; words: Stream<Schema<string>, Schema<string>> }
      >;
      const images: Contract<'images', { resize: Task }>;
      const host: import('ipc-link/host').SidecarHost;
      const input: string;
      const signal: AbortSignal;
      const serveWindows: typeof import('ipc-link/electron/main').serveWindows;
      const isTrusted: (frame: Electron.WebFrameMain) => boolean;
    }`,
};

/** Packages that documents speak of and that no test installs, each with the reason: what is imported from them goes unchecked. */
export const uninstalled: Readonly<Record<string, string>> = {
  veza: 'one of the peers of the benchmark, which installs it in its own folder',
  '@ipc-link/app': 'the older package',
  '@ipc-link/app/host/utility': 'the older package',
  '@ipc-link/app/main': 'the older package',
  '@ipc-link/shared/contract': 'the older package',
};
