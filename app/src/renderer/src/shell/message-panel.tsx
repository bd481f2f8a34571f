import type { ReactElement, ReactNode } from 'react';

export interface MessagePanelProps {
  readonly icon: ReactNode;
  readonly tone?: 'plain' | 'accent' | 'bad';
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons below the text. */
  readonly actions?: ReactNode;
}

/** A message in place of a table: what to do next, or what went wrong. */
export function MessagePanel({ icon, tone = 'plain', title, children, actions }: MessagePanelProps): ReactElement {
  return (
    <div className="message-panel">
      <div className={`message-icon ${tone}`}>{icon}</div>
      <h2 className="message-title">{title}</h2>
      <div className="message-text">{children}</div>
      {actions && <div className="message-actions">{actions}</div>}
    </div>
  );
}
