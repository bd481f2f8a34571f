import type { MouseEvent, ReactElement } from 'react';
import { ariaShortcut, shortcutLabel } from '../shell/shortcuts.ts';

export interface RunButtonProps {
  readonly label: string;
  readonly running: boolean;
  /** Whether the user has chosen everything that a run needs. */
  readonly ready: boolean;
  /** Whether the button is shown as the window's main action. */
  readonly primary: boolean;
  readonly platform: string;
  readonly onCancel: () => void;
}

/**
 * Submits its form, and is the Cancel button during the run. It is the same element both times, so that it keeps the keyboard's
 * focus.
 */
export function RunButton({ label, running, ready, primary, platform, onCancel }: RunButtonProps): ReactElement {
  const onClick = (event: MouseEvent): void => {
    const secondOfDoubleClick = event.detail > 1;
    // The run may end between the two clicks of a double click on Cancel. The second one would start it again.
    if (running || secondOfDoubleClick) event.preventDefault();
    if (running && !secondOfDoubleClick) onCancel();
  };
  const action = running ? 'cancel' : 'run';
  return (
    <button
      type={running ? 'button' : 'submit'}
      className={primary && !running ? 'button primary run-button' : 'button run-button'}
      data-testid={action}
      disabled={!running && !ready}
      aria-keyshortcuts={ariaShortcut(action, platform)}
      title={`${running ? 'Cancel' : label} (${shortcutLabel(action, platform)})`}
      onClick={onClick}
    >
      {running ? 'Cancel' : label}
    </button>
  );
}
