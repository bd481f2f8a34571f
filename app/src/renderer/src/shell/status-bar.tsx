import type { ReactElement } from 'react';
import type { SidecarState } from '../api.ts';
import { SidecarBadge } from './sidecar-badge.tsx';

export interface StatusBarProps {
  /** Changes at milestones only, because it is read out each time. */
  readonly text: string;
  readonly sidecar: SidecarState;
}

/** The window's last line: how the work stands, and how the sidecar is. */
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
