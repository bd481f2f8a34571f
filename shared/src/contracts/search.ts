import type { FileIdentity, FolderPath } from './paths.ts';

/**
 * Options for what a pattern matches and which files are searched. Each is named after a long option of ripgrep, in camel
 * case, and has the same meaning; see https://github.com/BurntSushi/ripgrep/blob/15.0.0/GUIDE.md
 */
export interface SearchOptions {
  /** Upper and lower case match each other. @default false */
  readonly ignoreCase?: boolean | undefined;
  /** As `ignoreCase`, unless the pattern has an upper-case letter. @default false */
  readonly smartCase?: boolean | undefined;
  /** Only whole words match. @default false */
  readonly wordRegexp?: boolean | undefined;
  /** Only whole lines match. @default false */
  readonly lineRegexp?: boolean | undefined;
  /** Finds the lines that don't match. @default false */
  readonly invertMatch?: boolean | undefined;
  /** A match may span several lines. @default false */
  readonly multiline?: boolean | undefined;
  /** With `multiline`: `.` matches a line break too. @default false */
  readonly multilineDotall?: boolean | undefined;
  /** `\r\n` ends a line, so that `$` matches before it. The pattern must not contain `\r` then. @default false */
  readonly crlf?: boolean | undefined;
  /**
   * `default` runs in linear time and supports neither look-around nor back-references. `pcre2` supports both, and fails for a
   * file in which it takes too many steps. `auto` uses `pcre2` for the patterns that need it. @default 'auto'
   */
  readonly engine?: 'auto' | 'default' | 'pcre2' | undefined;
  /** Searches hidden files and folders too. @default false */
  readonly hidden?: boolean | undefined;
  /** Searches files too that `.gitignore`, `.ignore` and `.rgignore` leave out. @default false */
  readonly noIgnore?: boolean | undefined;
  /** Searches binary files as if they were text. @default false */
  readonly text?: boolean | undefined;
  /** Searches only files that match one of these globs. A glob that begins with `!` leaves files out. @default all */
  readonly glob?: readonly string[] | undefined;
  /** As `glob`, with upper and lower case the same. @default all */
  readonly iglob?: readonly string[] | undefined;
  /** Searches only files of these types, such as `ts` or `py`. @default all */
  readonly type?: readonly string[] | undefined;
  /** Leaves out files of these types. @default none */
  readonly typeNot?: readonly string[] | undefined;
  /** Number of folder levels to search. 1 searches only the files directly in the root. @default no limit */
  readonly maxDepth?: number | undefined;
  /** Leaves out larger files: a number of bytes, or with a unit, such as `10M`. @default no limit */
  readonly maxFilesize?: string | undefined;
  /** Stays on the root's file system. @default false */
  readonly oneFileSystem?: boolean | undefined;
  /** Encoding of the files, by its name in https://encoding.spec.whatwg.org, such as `latin1`. @default UTF-8, or that of a byte order mark */
  readonly encoding?: string | undefined;
  /** Largest number of matching lines of each file. @default no limit */
  readonly maxCount?: number | undefined;
  /** Number of lines shown before each match. @default 0 */
  readonly beforeContext?: number | undefined;
  /** Number of lines shown after each match. @default 0 */
  readonly afterContext?: number | undefined;
  /** Order of the files. Any order but `none` is slower, because files are then searched one after the other. @default 'none' */
  readonly sort?: 'none' | 'path' | 'modified' | 'accessed' | 'created' | undefined;
}

/** How hits are printed. Each is named after a long option of ripgrep. By default a hit is `path:line:column:text`. */
export interface PrintOptions {
  /** Prints one line for each match instead of one for each matching line. @default false */
  readonly vimgrep?: boolean | undefined;
  /** Prints only the number of matching lines of each file. @default false */
  readonly count?: boolean | undefined;
  /** Prints only the number of matches of each file. @default false */
  readonly countMatches?: boolean | undefined;
  /** Prints only the paths of files with a match. @default false */
  readonly filesWithMatches?: boolean | undefined;
  /** Prints only the paths of files without a match. @default false */
  readonly filesWithoutMatch?: boolean | undefined;
  /** Prints only the matched text, each match on a line of its own. @default false */
  readonly onlyMatching?: boolean | undefined;
  /** Prints ripgrep's JSON lines. @default false */
  readonly json?: boolean | undefined;
  /** Prints a NUL byte after each path. @default false */
  readonly null?: boolean | undefined;
  /** Prints each path once, above the lines of its file. @default false */
  readonly heading?: boolean | undefined;
  /** @default false */
  readonly noColumn?: boolean | undefined;
  /** @default false */
  readonly noLineNumber?: boolean | undefined;
  /** @default false */
  readonly noFilename?: boolean | undefined;
  /** @default 'never' */
  readonly color?: 'never' | 'always' | 'ansi' | undefined;
  /** Replaces lines with more bytes by a note, or cuts them with `maxColumnsPreview`. @default no limit */
  readonly maxColumns?: number | undefined;
  /** @default false */
  readonly maxColumnsPreview?: boolean | undefined;
  /** Removes white space at the beginning of lines. @default false */
  readonly trim?: boolean | undefined;
  /** Prints statistics after the search. @default false */
  readonly stats?: boolean | undefined;
}

export interface SearchInput extends SearchOptions {
  readonly root: FolderPath;
  /** Files and folders to search, relative to the root or absolute. @default the root */
  readonly paths?: readonly FolderPath[] | undefined;
  /** One pattern, or several: a line is found when one of them matches. */
  readonly pattern: string | readonly string[];
  /** Whether `pattern` is a regular expression in the syntax of Rust's `regex` crate; else it is literal text. @default false */
  readonly regex?: boolean | undefined;
  /** Files that hits are written to. They are not searched. */
  readonly outputs?: readonly FileIdentity[] | undefined;
}

export interface PrintInput extends SearchInput {
  readonly print?: PrintOptions | undefined;
}

/** A line with matches. With `multiline` it may be several lines. */
export interface SearchMatch {
  readonly type: 'match';
  /** Relative to the root, or as given in `paths`. Bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** The path as bytes, where it is not UTF-8. */
  readonly pathBytes?: Uint8Array | undefined;
  /** Line number, from 1. */
  readonly line: number;
  /** Column at which the first match begins, from 1, in UTF-16 code units, as editors count. */
  readonly column: number;
  /** The same column in bytes of the file, from 1, as `rg --column` counts. */
  readonly byteColumn: number;
  /** The line without its line break, cut to 1,000 characters around the first match. */
  readonly text: string;
  /** Start and end of each match in `text`, in UTF-16 code units from 0. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** Whether the line was cut before `text` or after it. */
  readonly cut: { readonly before: boolean; readonly after: boolean };
}

/** A line near a match. */
export interface SearchContextLine {
  readonly type: 'context';
  readonly path: string;
  readonly pathBytes?: Uint8Array | undefined;
  readonly line: number;
  readonly text: string;
}

/** A file or folder that could not be searched. The search went on with the others. */
export interface SearchFailure {
  readonly type: 'failure';
  /** Empty where the failure does not concern a single file. */
  readonly path: string;
  /** The system's error code, such as `EACCES`; `EPATTERN` for too many steps in this file, `ELINE` for a line that is too long to show, else `ESEARCH`. */
  readonly code: string;
  /** The reason in words. */
  readonly reason: string;
}

/** A file that was not searched, because hits are written to it. */
export interface SearchLeftOut {
  readonly type: 'leftOut';
  readonly path: string;
  readonly reason: string;
}

/** The last item. */
export interface SearchEnd {
  readonly type: 'end';
  /** Number of files searched. */
  readonly files: number;
  readonly filesWithMatches: number;
  readonly lines: number;
  readonly matches: number;
  readonly bytes: number;
  /** Number of files that were left out because they contain a NUL byte. */
  readonly binaryFiles: number;
  readonly failures: number;
}

export type SearchItem = SearchMatch | SearchContextLine | SearchFailure | SearchLeftOut | SearchEnd;

export type PrintItem =
  /** Bytes to be written to stdout. */
  | { readonly type: 'output'; readonly bytes: Uint8Array }
  /** Whole lines to be written to stderr. */
  | { readonly type: 'complaint'; readonly bytes: Uint8Array }
  | {
      readonly type: 'end';
      readonly found: boolean;
      /** Whether a file could not be searched, or ripgrep refused the whole search. */
      readonly failed: boolean;
      readonly binaryFiles: number;
    };
