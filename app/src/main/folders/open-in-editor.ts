import { shell } from 'electron';
import launchEditor from 'launch-editor';

/** A place in a file, with an absolute path. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Opens a file at its place in the user's editor: the one that runs, or that `LAUNCH_EDITOR`, `VISUAL` or `EDITOR` name;
 * without any, in whatever the system opens such files with.
 */
export function openInEditor({ path, line, column }: Place): Promise<void> {
  launchEditor(`${path}:${line}:${column}`, () => void shell.openPath(path));
  return Promise.resolve();
}
