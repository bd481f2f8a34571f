/** The app's own archive is not what was packaged. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

export function isArchiveError(error: unknown): error is ArchiveError {
  return error instanceof ArchiveError;
}

export function changedFileError(file: string): ArchiveError {
  return new ArchiveError(
    `The app does not start, because its file ${JSON.stringify(file)} in app.asar was changed or damaged. Install the app again.`,
  );
}

export function unreadableArchiveError(path: string, cause: unknown): ArchiveError {
  return new ArchiveError(
    `The app does not start, because its archive ${JSON.stringify(path)} is damaged. Install the app again.`,
    {
      cause,
    },
  );
}
