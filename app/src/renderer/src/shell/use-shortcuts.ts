import { useEffect, useRef } from 'react';
import { matchShortcut, type ShortcutAction } from './shortcuts.ts';

/** Calls `onAction` for shortcuts in the whole window, except for key presses that an element has handled itself. */
export function useShortcuts(platform: string, onAction: (action: ShortcutAction) => void): void {
  const newest = useRef(onAction);
  useEffect(() => {
    newest.current = onAction;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      const action = matchShortcut(event, platform);
      if (!action) return;
      event.preventDefault();
      newest.current(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [platform]);
}
