import type { FolderPath } from '#contracts/files';

/** An error of the file tasks: `code` is stable, and `message` says what to do. */
export class FilesError extends Error {
  override readonly name = 'FilesError';
  /** `ENOENT`, `ENOTDIR`, `EACCES` or another system code, `ERR_ROOT_NOT_ABSOLUTE`, `ERR_INVALID_PATTERN`, `ERR_SEARCH_ENGINE`, `ERR_IMAGE_LIBRARY`, `ERR_MANIFEST_TOO_LARGE`, `ERR_FILES_THREAD`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The root can't be read. `EPERM` (macOS privacy settings, Windows) becomes `EACCES`, so that a missing permission has one code. */
export function rootError(path: FolderPath, cause: unknown): FilesError {
  const root = nameOf(path);
  const code = systemCode(cause);
  switch (code) {
    case 'ENOENT':
      return new FilesError(code, `There is no folder at '${root}'. Check the path, or choose another folder.`, {
        cause,
      });
    case 'ENOTDIR':
      return new FilesError(code, `'${root}' is not a folder. Choose a folder, for example the one that contains it.`, {
        cause,
      });
    case 'EACCES':
    case 'EPERM':
      return new FilesError(
        'EACCES',
        `No permission to read the folder '${root}'. Allow it in the folder's permissions, or choose another folder.`,
        { cause },
      );
    default:
      return new FilesError(code, `The folder '${root}' can't be read (${code}). Check it, or choose another folder.`, {
        cause,
      });
  }
}

export function relativeRootError(path: FolderPath): FilesError {
  const root = nameOf(path);
  return new FilesError(
    'ERR_ROOT_NOT_ABSOLUTE',
    `root must be an absolute path, but '${root}' is relative. Resolve it before the call, for example with path.resolve().`,
  );
}

/** ripgrep has refused the search. Its message says what it could not parse, mostly in the pattern. */
export function refusedSearchError(pattern: string | readonly string[], complaint: string): FilesError {
  const what = typeof pattern === 'string' ? `'${pattern}'` : pattern.map((each) => `'${each}'`).join(', ');
  const reason = inOneLine(/^error: (.+)$/m.exec(complaint)?.[1] ?? complaint);
  const cause = new Error(complaint);
  return new FilesError(
    'ERR_INVALID_PATTERN',
    `The search for ${what} was refused: ${reason} Correct it, or search for literal text.`,
    { cause },
  );
}

/** Joins paragraphs into one line, each as a sentence. */
function inOneLine(text: string): string {
  const sentences = text.trim().split(/\n{2,}/);
  return sentences.map((each) => each.replace(/\s+/g, ' ').replace(/(?<![.!?])$/, '.')).join(' ');
}

export function engineMissingError(cause: unknown): FilesError {
  return new FilesError(
    'ERR_SEARCH_ENGINE',
    `There is no ripgrep for ${process.platform}-${process.arch}: @vscode/ripgrep-${process.platform}-${process.arch} is not installed. Install with optional dependencies.`,
    { cause },
  );
}

export function engineStartError(program: string, cause: unknown): FilesError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FilesError('ERR_SEARCH_ENGINE', `The search program ${program} stopped: ${what}. Run the search again.`, {
    cause,
  });
}

export function threadError(cause: unknown): FilesError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FilesError('ERR_FILES_THREAD', `The thread that reads the files stopped: ${what}. Run the task again.`, {
    cause,
  });
}

/** The manifest that files are to be compared with can't be read. */
export function manifestError(path: FolderPath, cause: unknown): FilesError {
  const code = systemCode(cause);
  const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
  return new FilesError(code, `The manifest '${nameOf(path)}' can't be read: ${reason}. Check its path.`, { cause });
}

export function manifestTooLargeError(): FilesError {
  return new FilesError(
    'ERR_MANIFEST_TOO_LARGE',
    "The manifest doesn't fit into one message. Read it in pieces, by manifest() instead of checksum().",
  );
}

/** A listed folder was replaced by something else before it was read. */
export function noLongerFolderError(): FilesError {
  return new FilesError('ENOTDIR', 'it is no longer a folder');
}

/** A listed file was replaced by a folder, pipe or device before it was opened. `EFTYPE` is the code of BSD and libuv. */
export function notRegularFileError(): FilesError {
  return new FilesError('EFTYPE', 'it is no longer a regular file');
}

/** A file became shorter while it was read. A digest of the bytes that were read could be that of no version of the file. */
export function truncatedError(): FilesError {
  return new FilesError('ENODATA', 'it became shorter while the task ran');
}

function nameOf(path: FolderPath): string {
  return typeof path === 'string' ? path : Buffer.from(path).toString('utf8');
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
}
