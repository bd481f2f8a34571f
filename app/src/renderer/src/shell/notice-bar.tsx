import type { ReactElement } from 'react';
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx';

/** Something that happened beside a run: a folder that could not be taken, a manifest that was saved. */
export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

export interface NoticeBarProps {
  readonly notice: Notice;
  readonly onDismiss: () => void;
}

/** A line above the work that stays until it is dismissed or overtaken. */
export function NoticeBar({ notice, onDismiss }: NoticeBarProps): ReactElement {
  return (
    <div className={`notice ${notice.tone}`} role={notice.tone === 'bad' ? 'alert' : 'status'} data-testid="notice">
      {notice.tone === 'bad' ? <WarningIcon /> : <CheckIcon />}
      <p className="notice-text">{notice.text}</p>
      <button type="button" className="button icon-only" aria-label="Dismiss" title="Dismiss" onClick={onDismiss}>
        <CloseIcon />
      </button>
    </div>
  );
}
