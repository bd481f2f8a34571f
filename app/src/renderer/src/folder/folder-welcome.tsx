import type { ReactElement } from 'react';
import { ariaShortcut, shortcutLabel } from '../shell/shortcuts.ts';

export interface FolderWelcomeProps {
  readonly platform: string;
  readonly onChoose: () => void;
}

/** Asks the user to choose a folder, as long as none is chosen. */
export function FolderWelcome({ platform, onChoose }: FolderWelcomeProps): ReactElement {
  return (
    <div className="welcome">
      <FolderPicture />
      <h2 className="message-title">Drop a folder here</h2>
      <p className="message-text">
        Checksum every file in it, search in their text, or look at its images.
        <br />
        Your files are only read, never changed.
      </p>
      <div className="message-actions">
        <button
          type="button"
          className="button primary large"
          data-testid="choose-folder"
          aria-keyshortcuts={ariaShortcut('choose-folder', platform)}
          onClick={onChoose}
        >
          Choose folder…
        </button>
      </div>
      <p className="key-hint">
        or press <kbd>{shortcutLabel('choose-folder', platform)}</kbd>
      </p>
    </div>
  );
}

function FolderPicture(): ReactElement {
  return (
    <svg className="folder-picture" viewBox="0 0 120 96" aria-hidden="true" focusable="false">
      <path
        className="picture-back"
        d="M10 20a8 8 0 0 1 8-8h26a8 8 0 0 1 6 2.7l6.6 7.3H102a8 8 0 0 1 8 8v50a8 8 0 0 1-8 8H18a8 8 0 0 1-8-8Z"
      />
      <g className="picture-sheet">
        <rect x="26" y="22" width="68" height="44" rx="4" />
        <path d="M35 33h34M35 41h48M35 49h26" />
      </g>
      <path
        className="picture-front"
        d="M6 46a6 6 0 0 1 6-6.6h96a6 6 0 0 1 6 6.6l-3.4 35.3A8 8 0 0 1 102.6 88H17.4a8 8 0 0 1-8-6.7Z"
      />
      <path className="picture-arrow" d="M60 52v22m-9-9 9 9 9-9" />
    </svg>
  );
}
