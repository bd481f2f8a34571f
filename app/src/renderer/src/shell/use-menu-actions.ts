import { useEffect, useRef } from 'react';
import type { AppBridge } from '../api.ts';
import { isShortcutAction, type ShortcutAction } from './shortcuts.ts';

/** Calls `onAction` for what is chosen in the app's menu. */
export function useMenuActions(bridge: AppBridge, onAction: (action: ShortcutAction) => void): void {
  const newest = useRef(onAction);
  useEffect(() => {
    newest.current = onAction;
  });
  useEffect(
    () =>
      bridge.onMenuAction((action) => {
        if (isShortcutAction(action)) newest.current(action);
      }),
    [bridge],
  );
}
