import type { ReactElement } from 'react';
import { CloseIcon, OpenIcon } from '../shell/icons.tsx';
import { isMac } from '../shell/shortcuts.ts';
import { CopyButton } from './copy-button.tsx';

export interface RowDetailProps {
  /** The row's path, or path with line and column, as it is copied. */
  readonly path: string;
  /** The same, made safe to show. */
  readonly shownPath: string;
  /** Name of the row's text, such as "digest". */
  readonly textName: string;
  readonly text: string;
  readonly platform: string;
  /** Opens the row's file, where that is possible. */
  readonly onOpen?: (() => void) | undefined;
  readonly onClose: () => void;
}

/** Shows the whole content of the selected row below the table. */
export function RowDetail({
  path,
  shownPath,
  textName,
  text,
  platform,
  onOpen,
  onClose,
}: RowDetailProps): ReactElement {
  const modifier = isMac(platform) ? '⌘' : 'Ctrl+';
  const shift = isMac(platform) ? '⇧' : 'Shift+';
  return (
    <section className="detail" aria-label="Selected row" data-testid="row-detail">
      <div className="detail-head">
        <p className="detail-path">{shownPath}</p>
        {onOpen && (
          <button
            type="button"
            className="button small"
            data-testid="open-in-editor"
            title="Open in your editor (Enter)"
            onClick={onOpen}
          >
            <OpenIcon />
            Open in editor
          </button>
        )}
        <CopyButton label={`Copy ${textName}`} name={textName} text={() => text} shortcut={`${modifier}C`} />
        <CopyButton
          label="Copy path"
          name="path"
          text={() => path}
          shortcut={isMac(platform) ? `${shift}⌘C` : `${modifier}${shift}C`}
        />
        <button
          type="button"
          className="button icon-only"
          aria-label="Close details"
          title="Close (Esc in the table)"
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long texts scroll, also by keyboard */}
      <pre className="detail-text" tabIndex={0} aria-label={textName}>
        {text}
      </pre>
    </section>
  );
}
