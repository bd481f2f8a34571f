import { useEffect, useRef } from 'react';
import { matchShortcut, type ShortcutAction } from './shortcuts.ts';

/** Listens to the whole window's keyboard; a key press that something nearer has handled is left alone. */
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
