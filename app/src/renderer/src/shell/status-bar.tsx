import type { ReactElement } from 'react';
import type { SidecarState } from '../api.ts';
import { SidecarBadge } from './sidecar-badge.tsx';

export interface StatusBarProps {
  /** Should change seldom, because screen readers read each change aloud. */
  readonly text: string;
  readonly sidecar: SidecarState;
}

/** The window's last line: the status of the task, and the sidecar's state. */
export function StatusBar({ text, sidecar }: StatusBarProps): ReactElement {
  return (
    <footer className="status-bar">
      <output className="status-text" aria-live="polite" data-testid="status" title={text}>
        {text}
      </output>
      <SidecarBadge sidecar={sidecar} />
    </footer>
  );
}
