import type { ReactElement } from 'react';
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx';

/** A message that does not belong to a run: a folder could not be used, or a manifest was saved, for example. */
export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

export interface NoticeBarProps {
  readonly notice: Notice;
  readonly onDismiss: () => void;
}

/** Shows a notice above the task until the user dismisses it or another replaces it. */
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
