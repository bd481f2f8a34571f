import type { MouseEvent, ReactElement } from 'react';
import { ariaShortcut, shortcutLabel } from '../shell/shortcuts.ts';

export interface RunButtonProps {
  readonly label: string;
  readonly running: boolean;
  /** Whether everything is there that a run needs. */
  readonly ready: boolean;
  /** Whether running is the next thing to do; otherwise the button steps back. */
  readonly primary: boolean;
  readonly platform: string;
  readonly onCancel: () => void;
}

/**
 * Submits its form, and turns into Cancel while the run lasts. It stays the same element, so that the keyboard's focus
 * stays on it.
 */
export function RunButton({ label, running, ready, primary, platform, onCancel }: RunButtonProps): ReactElement {
  const onClick = (event: MouseEvent): void => {
    const secondOfDoubleClick = event.detail > 1;
    // A run may end while its Cancel is being clicked: the button is Run again by then and must not submit.
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
