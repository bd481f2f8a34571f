import { shell } from 'electron';
import launchEditor from 'launch-editor';

/** A place in a file, with an absolute path. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Opens a file at a line and column in the user's editor: the one that is running, or the one that `LAUNCH_EDITOR`, `VISUAL`
 * or `EDITOR` names. Without any of these, the system's default program opens the file.
 */
export function openInEditor({ path, line, column }: Place): Promise<void> {
  launchEditor(`${path}:${line}:${column}`, () => void shell.openPath(path));
  return Promise.resolve();
}
