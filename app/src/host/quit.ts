/** The part of Electron's `app` that is needed to hold up a quit. */
export interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  off(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
}

/**
 * Lets an app wait for its sidecars before it quits: the first `before-quit` is held up, and the app quits again once `stop`
 * has settled. Electron itself doesn't wait for promises.
 *
 * @returns Detaches.
 */
export function attachToQuit(app: QuittingApp, stop: () => Promise<void>): () => void {
  let phase: 'running' | 'stopping' | 'stopped' = 'running';
  const onBeforeQuit = (event: { preventDefault(): void }): void => {
    if (phase === 'stopped') {
      // This is the quit that was held up. Where a window refuses it, the host may be started again, and the next quit is held up too.
      phase = 'running';
      return;
    }
    event.preventDefault();
    if (phase === 'stopping') return;
    phase = 'stopping';
    void stop().finally(() => {
      phase = 'stopped';
      app.quit();
    });
  };
  app.on('before-quit', onBeforeQuit);
  return () => {
    app.off('before-quit', onBeforeQuit);
  };
}
