import { app, session } from 'electron';
import type { ServedApp } from '../serve-app.ts';
import { denyLeaving, denyPermissions } from '../window-security.ts';

/** Denies every window what this app does not need: leaving its page, opening windows, embedding pages, permissions. */
export function lockDown({ isOwn }: ServedApp): void {
  app.on('web-contents-created', (_event, contents) => denyLeaving(contents, isOwn));
  denyPermissions(session.defaultSession);
}
