import type { ReactElement } from 'react';
import { folderName, visibleName } from '../format/path.ts';
import { FolderIcon } from '../shell/icons.tsx';
import { ariaShortcut, shortcutLabel } from '../shell/shortcuts.ts';

export interface FolderBarProps {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  /** Whether a task is running, during which the folder can't be changed. */
  readonly busy: boolean;
  readonly platform: string;
  readonly onChoose: () => void;
}

/** The chosen folder, and the button that changes it. */
export function FolderBar({ folder, busy, platform, onChoose }: FolderBarProps): ReactElement {
  if (folder === null) {
    return (
      <div className="folder-bar none">
        <FolderIcon />
        <p className="folder-name">No folder chosen</p>
      </div>
    );
  }
  return (
    <div className="folder-bar">
      <FolderIcon />
      <div className="folder-names">
        <p className="folder-name">{visibleName(folderName(folder))}</p>
        <p className="folder-path" data-testid="folder-path" title={folder}>
          <bdi dir="ltr">{visibleName(folder)}</bdi>
        </p>
      </div>
      <button
        type="button"
        className="button"
        data-testid="choose-folder"
        disabled={busy}
        aria-label="Change… the folder"
        aria-keyshortcuts={ariaShortcut('choose-folder', platform)}
        title={
          busy ? 'Cancel the running task first' : `Choose another folder (${shortcutLabel('choose-folder', platform)})`
        }
        onClick={onChoose}
      >
        Change…
      </button>
    </div>
  );
}
