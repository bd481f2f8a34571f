import type { RunError } from './run-error.ts';

/** An error as the window shows it. */
export interface ErrorText {
  readonly title: string;
  /** What the error means and what the user can do. */
  readonly advice: string;
  /** The system's message, where the advice does not contain it. */
  readonly detail: string | undefined;
}

/** Describes why a run in the folder `root` failed. */
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

/** Whether another folder may help. */
export function concernsFolder({ kind }: RunError): boolean {
  return kind === 'folder-missing' || kind === 'no-permission';
}

/** The system's message, unless it contains the folder, which the advice names already. */
function detailBeside(root: string, { message }: RunError): string | undefined {
  return message.includes(root) ? undefined : message;
}
