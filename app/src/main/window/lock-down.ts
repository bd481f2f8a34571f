import { app, session } from 'electron';
import type { ServedApp } from '../serve-app.ts';

/** Denies every window what this app does not need: leaving its page, opening windows, embedding pages, permissions. */
export function lockDown({ isOwn }: ServedApp): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwn(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(isHarmless(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
}

/** The page needs one permission only: to copy a row to the clipboard. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
