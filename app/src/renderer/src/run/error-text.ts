import type { RunError } from './run-error.ts';

/** An error as it is told to people. */
export interface ErrorText {
  readonly title: string;
  /** What it means and what can be done. */
  readonly advice: string;
  /** The system's own words, where the advice doesn't repeat them. */
  readonly detail: string | undefined;
}

/** Words for a failed run over the folder `root`. */
export function describeRunError(error: RunError, root: string): ErrorText {
  switch (error.kind) {
    case 'folder-missing':
      return {
        title: 'This folder is no longer there',
        advice: `${root} was moved, renamed or deleted, or its drive was disconnected. Put it back and run again, or choose another folder.`,
        detail: detailBeside(root, error),
      };
    case 'no-permission':
      return {
        title: 'No permission to read this folder',
        advice: `Your account may not open ${root}. Change its permissions and run again, or choose another folder.`,
        detail: detailBeside(root, error),
      };
    case 'sidecar-crashed':
      return {
        title: 'The sidecar stopped unexpectedly',
        advice:
          'The process that does the work ended in the middle of it. It restarts by itself; you can run again now.',
        detail: error.message,
      };
    case 'invalid-pattern':
      return { title: 'The pattern can’t be used', advice: error.message, detail: undefined };
    case 'other':
      return { title: 'The task failed', advice: error.message, detail: error.code };
  }
}

/** Whether choosing another folder is a way out. */
export function concernsFolder({ kind }: RunError): boolean {
  return kind === 'folder-missing' || kind === 'no-permission';
}

/** The system's own words, unless they too are about the folder that ours already name. */
function detailBeside(root: string, { message }: RunError): string | undefined {
  return message.includes(root) ? undefined : message;
}
