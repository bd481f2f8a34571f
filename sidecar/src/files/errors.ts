/** An error of the file tasks: a stable `code`, and a sentence for people that says what to do next. */
export class FilesError extends Error {
  override readonly name = 'FilesError';
  /** `ENOENT`, `ENOTDIR`, `EACCES` or another system code, `ERR_ROOT_NOT_ABSOLUTE`, `ERR_INVALID_PATTERN`, `ERR_FILES_THREAD`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The root can't be read. `EPERM` (macOS privacy settings, Windows) becomes `EACCES`, so that no permission has one code. */
export function rootError(root: string, cause: unknown): FilesError {
  const code = systemCode(cause);
  switch (code) {
    case 'ENOENT':
      return new FilesError(code, `There is no folder at '${root}'. Check the path, or choose another folder.`, {
        cause,
      });
    case 'ENOTDIR':
      return new FilesError(code, `'${root}' is not a folder. Choose a folder, such as the one that it is in.`, {
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

export function relativeRootError(root: string): FilesError {
  return new FilesError(
    'ERR_ROOT_NOT_ABSOLUTE',
    `root must be an absolute path, but '${root}' is relative. Resolve it before the call, for example with path.resolve().`,
  );
}

export function invalidPatternError(pattern: string, cause: SyntaxError): FilesError {
  const reason = cause.message.slice(cause.message.lastIndexOf(': ') + 2);
  return new FilesError(
    'ERR_INVALID_PATTERN',
    `'${pattern}' is not a valid regular expression: ${reason}. Correct it, or search for it as literal text.`,
    { cause },
  );
}

export function threadError(cause: unknown): FilesError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FilesError('ERR_FILES_THREAD', `The thread that reads the files stopped: ${what}. Run the task again.`, {
    cause,
  });
}

/** V8 gave up on a regular expression in the midst of a text. */
export function patternTooComplexError(): FilesError {
  return new FilesError('ERR_PATTERN_TOO_COMPLEX', 'the pattern is too complex for the rest of its text');
}

/** A listed folder turned into something else before it was its turn. */
export function noLongerFolderError(): FilesError {
  return new FilesError('ENOTDIR', 'it is no longer a folder');
}

/** A listed path turned into a folder, pipe or device before it was opened; the code is that of BSD and libuv. */
export function notRegularFileError(): FilesError {
  return new FilesError('EFTYPE', 'it is no longer a regular file');
}

/** A file lost bytes while the task ran: a digest of what is left would stand for a file that never was. */
export function truncatedError(): FilesError {
  return new FilesError('ENODATA', 'it became shorter while the task ran');
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
}
