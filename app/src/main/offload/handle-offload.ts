import { AppChannel } from '../../bridge/app-channels.ts';
import type { Launcher } from '../../host/launcher.ts';
import { handlePage } from '../handle-page.ts';
import type { ServedApp } from '../serve-app.ts';
import { comparePlaces } from './compare-places.ts';

/** Runs the comparison of the window's Offload view when it asks, one at a time. */
export function handleOffload(launcher: Launcher, pages: ServedApp): void {
  const handle = handlePage(pages.isOwn);
  let running: AbortController | null = null;
  handle(AppChannel.offloadRun, async ({ webContents }) => {
    if (running !== null) throw new Error('A comparison is running. Cancel it first.');
    const abort = new AbortController();
    running = abort;
    const stop = (): void => abort.abort();
    webContents.once('destroyed', stop);
    try {
      const tell = (step: string): void => {
        if (!webContents.isDestroyed()) webContents.send(AppChannel.offloadStep, step);
      };
      return await comparePlaces({ launcher, signal: abort.signal, tell });
    } finally {
      running = null;
      if (!webContents.isDestroyed()) webContents.off('destroyed', stop);
    }
  });
  handle(AppChannel.offloadCancel, () => running?.abort());
  // By the answer the page sees whether the main process can answer at all.
  handle(AppChannel.ping, () => null);
}
