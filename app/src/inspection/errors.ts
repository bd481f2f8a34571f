import { LinkError } from 'ipc-link';

/** @param problem What is wrong with the folder, and what to do. */
export function folderError(folder: string, problem: string, cause?: unknown): LinkError {
  return new LinkError('ERR_INSPECTION_FOLDER', `allowInspection(): ${folder} ${problem}`, { cause });
}

export function platformError(): LinkError {
  return new LinkError(
    'ERR_INSPECTION_FOLDER',
    'allowInspection() works on Linux and macOS only: on Windows no mode of a file keeps other users out.',
  );
}
