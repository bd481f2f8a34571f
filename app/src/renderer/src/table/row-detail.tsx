import { type ReactElement, useEffect, useState } from 'react';
import { CheckIcon, CloseIcon, CopyIcon } from '../shell/icons.tsx';
import { isMac } from '../shell/shortcuts.ts';
import { copyText } from './copy-text.ts';

export interface RowDetailProps {
  /** The row's path, or path and place, as it is copied. */
  readonly path: string;
  /** The same, made safe to read. */
  readonly shownPath: string;
  /** What kind of text the row holds, such as "digest". */
  readonly textName: string;
  readonly text: string;
  readonly platform: string;
  readonly onClose: () => void;
}

/** Everything about the selected row, in full, below the table. */
export function RowDetail({ path, shownPath, textName, text, platform, onClose }: RowDetailProps): ReactElement {
  const modifier = isMac(platform) ? '⌘' : 'Ctrl+';
  const shift = isMac(platform) ? '⇧' : 'Shift+';
  return (
    <section className="detail" aria-label="Selected row" data-testid="row-detail">
      <div className="detail-head">
        <p className="detail-path">{shownPath}</p>
        <CopyButton name={textName} text={text} shortcut={`${modifier}C`} />
        <CopyButton name="path" text={path} shortcut={isMac(platform) ? `${shift}⌘C` : `${modifier}${shift}C`} />
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

interface CopyButtonProps {
  readonly name: string;
  readonly text: string;
  readonly shortcut: string;
}

const thanksMs = 1500;

function CopyButton({ name, text, shortcut }: CopyButtonProps): ReactElement {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), thanksMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <button
      type="button"
      className="button small"
      data-testid={`copy-${name}`}
      title={`Copy the ${name} (${shortcut})`}
      onClick={() => setCopied(copyText(text))}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
      <span aria-live="polite">{copied ? 'Copied' : `Copy ${name}`}</span>
    </button>
  );
}
