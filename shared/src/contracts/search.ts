import type { FileIdentity, FolderPath } from './paths.ts';

/**
 * What is matched, and where. The names are those of ripgrep's long options in camel case, and mean the same; see
 * https://github.com/BurntSushi/ripgrep/blob/15.0.0/GUIDE.md
 */
export interface SearchOptions {
  /** Upper and lower case are the same. @default false */
  readonly ignoreCase?: boolean | undefined;
  /** As `ignoreCase`, unless the pattern has an upper-case letter. @default false */
  readonly smartCase?: boolean | undefined;
  /** Only whole words match. @default false */
  readonly wordRegexp?: boolean | undefined;
  /** Only whole lines match. @default false */
  readonly lineRegexp?: boolean | undefined;
  /** Lines that don't match are the hits. @default false */
  readonly invertMatch?: boolean | undefined;
  /** A match may reach over several lines. @default false */
  readonly multiline?: boolean | undefined;
  /** With `multiline`: `.` matches a line break too. @default false */
  readonly multilineDotall?: boolean | undefined;
  /** `\r\n` ends a line, so that `$` matches in front of it; the pattern may not name `\r` then. @default false */
  readonly crlf?: boolean | undefined;
  /**
   * `default` runs in linear time and knows neither look-around nor back-references; `pcre2` knows both and gives up on a
   * file where it takes too many steps; `auto` takes `pcre2` for the patterns that need it. @default 'auto'
   */
  readonly engine?: 'auto' | 'default' | 'pcre2' | undefined;
  /** Hidden files and folders too. @default false */
  readonly hidden?: boolean | undefined;
  /** What `.gitignore`, `.ignore` and `.rgignore` leave out too. @default false */
  readonly noIgnore?: boolean | undefined;
  /** Binary files as if they were text. @default false */
  readonly text?: boolean | undefined;
  /** Only files that match one of these globs; a glob after `!` leaves files out. @default all */
  readonly glob?: readonly string[] | undefined;
  /** As `glob`, without regard to case. @default all */
  readonly iglob?: readonly string[] | undefined;
  /** Only files of these types, such as `ts` or `py`. @default all */
  readonly type?: readonly string[] | undefined;
  /** No files of these types. @default none */
  readonly typeNot?: readonly string[] | undefined;
  /** How many folders deep to look; 1 is the files of the root. @default no limit */
  readonly maxDepth?: number | undefined;
  /** Larger files are left out: bytes, or with a unit, such as `10M`. @default no limit */
  readonly maxFilesize?: string | undefined;
  /** Stays on the root's file system. @default false */
  readonly oneFileSystem?: boolean | undefined;
  /** A name of https://encoding.spec.whatwg.org, such as `latin1`. @default UTF-8, or what a byte order mark says */
  readonly encoding?: string | undefined;
  /** Matching lines of each file. @default no limit */
  readonly maxCount?: number | undefined;
  /** Lines shown in front of each match. @default 0 */
  readonly beforeContext?: number | undefined;
  /** Lines shown after each match. @default 0 */
  readonly afterContext?: number | undefined;
  /** An order costs speed: files are then read one after the other. @default 'none' */
  readonly sort?: 'none' | 'path' | 'modified' | 'accessed' | 'created' | undefined;
}

/** How hits are printed; named and meant as ripgrep's long options. Without any: `path:line:column:text`. */
export interface PrintOptions {
  /** A line for each match, not for each line. @default false */
  readonly vimgrep?: boolean | undefined;
  /** The number of matching lines of each file. @default false */
  readonly count?: boolean | undefined;
  /** The number of matches of each file. @default false */
  readonly countMatches?: boolean | undefined;
  /** The names of files with a match. @default false */
  readonly filesWithMatches?: boolean | undefined;
  /** The names of files without a match. @default false */
  readonly filesWithoutMatch?: boolean | undefined;
  /** Only what matched, each match on its line. @default false */
  readonly onlyMatching?: boolean | undefined;
  /** JSON lines in ripgrep's shape. @default false */
  readonly json?: boolean | undefined;
  /** A NUL byte after each path. @default false */
  readonly null?: boolean | undefined;
  /** The path once, above the lines of its file. @default false */
  readonly heading?: boolean | undefined;
  /** @default false */
  readonly noColumn?: boolean | undefined;
  /** @default false */
  readonly noLineNumber?: boolean | undefined;
  /** @default false */
  readonly noFilename?: boolean | undefined;
  /** @default 'never' */
  readonly color?: 'never' | 'always' | 'ansi' | undefined;
  /** Lines with more bytes are left out, or cut with `maxColumnsPreview`; what is missing is said. @default no limit */
  readonly maxColumns?: number | undefined;
  /** @default false */
  readonly maxColumnsPreview?: boolean | undefined;
  /** White space in front of a line is left out. @default false */
  readonly trim?: boolean | undefined;
  /** Figures about the search after it. @default false */
  readonly stats?: boolean | undefined;
}

export interface SearchInput extends SearchOptions {
  readonly root: FolderPath;
  /** Files and folders to search, relative to the root or absolute. @default the root */
  readonly paths?: readonly FolderPath[] | undefined;
  /** One, or several of which each may match. */
  readonly pattern: string | readonly string[];
  /** Whether `pattern` is a regular expression in the syntax of Rust's `regex` crate, or literal text. @default false */
  readonly regex?: boolean | undefined;
  /** Files that hits are written to: they are left out of the search. */
  readonly outputs?: readonly FileIdentity[] | undefined;
}

export interface PrintInput extends SearchInput {
  readonly print?: PrintOptions | undefined;
}

/** A line with matches, as a block of lines with `multiline`. */
export interface SearchMatch {
  readonly type: 'match';
  /** Relative to the root, or as it was given in `paths`; U+FFFD where a name is not UTF-8. */
  readonly path: string;
  /** The path as it is, where `path` can't tell. */
  readonly pathBytes?: Uint8Array | undefined;
  /** 1 is the first line. */
  readonly line: number;
  /** Where the first match begins: 1 is the first character, counted in UTF-16 code units as editors do. */
  readonly column: number;
  /** The same in bytes of the file, as `grep -b` and `rg --column` count. */
  readonly byteColumn: number;
  /** The line without its end; cut to 1,000 characters around the first match. */
  readonly text: string;
  /** Where the matches lie in `text`: where each begins and ends, in UTF-16 code units from 0. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** Whether something of the line is missing in front of `text`, or behind it. */
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

/** Something that could not be searched; the search went on without it. */
export interface SearchFailure {
  readonly type: 'failure';
  /** Empty where it is not about one file. */
  readonly path: string;
  /** The system's error code, such as `EACCES`, or `EPATTERN` (too many steps in this file), `ELINE` (too long to show), `ESEARCH`. */
  readonly code: string;
  /** A sentence for people. */
  readonly reason: string;
}

/** A file that hits are written to. */
export interface SearchLeftOut {
  readonly type: 'leftOut';
  readonly path: string;
  readonly reason: string;
}

/** The last item. */
export interface SearchEnd {
  readonly type: 'end';
  /** Files searched. */
  readonly files: number;
  readonly filesWithMatches: number;
  readonly lines: number;
  readonly matches: number;
  readonly bytes: number;
  /** Files in which a NUL byte was found, and which were left out because of it. */
  readonly binaryFiles: number;
  readonly failures: number;
}

export type SearchItem = SearchMatch | SearchContextLine | SearchFailure | SearchLeftOut | SearchEnd;

export type PrintItem =
  /** For stdout. */
  | { readonly type: 'output'; readonly bytes: Uint8Array }
  /** Complaints for stderr, whole lines. */
  | { readonly type: 'complaint'; readonly bytes: Uint8Array }
  | {
      readonly type: 'end';
      readonly found: boolean;
      /** Whether something could not be searched, or the search was refused. */
      readonly failed: boolean;
      readonly binaryFiles: number;
    };
