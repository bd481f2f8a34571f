import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { attachToQuit } from '../../src/host/quit.ts';

/** As much of Electron's app: quitting asks everyone, and happens when nobody objects. */
class App extends EventEmitter<{ 'before-quit': [event: { preventDefault(): void }] }> {
  hasQuit = false;

  quit(): void {
    let isHeldUp = false;
    this.emit('before-quit', { preventDefault: () => void (isHeldUp = true) });
    this.hasQuit ||= !isHeldUp;
  }
}

test('the app quits once everything has stopped, however often it is told to', async () => {
  const { app, stops, finish } = create();
  app.quit();
  app.quit();
  expect({ hasQuit: app.hasQuit, stops: stops() }).toEqual({ hasQuit: false, stops: 1 });
  await finish();
  expect({ hasQuit: app.hasQuit, stops: stops() }).toEqual({ hasQuit: true, stops: 1 });
});

test('a quit that somebody else has stopped is followed by one that waits again', async () => {
  const { app, stops, finish } = create();
  app.quit();
  app.once('before-quit', (event) => event.preventDefault());
  await finish();
  expect({ hasQuit: app.hasQuit, stops: stops() }).toEqual({ hasQuit: false, stops: 1 });
  app.quit();
  expect({ hasQuit: app.hasQuit, stops: stops() }).toEqual({ hasQuit: false, stops: 2 });
  await finish();
  expect(app.hasQuit).toBe(true);
});

test('detached, the app quits at once', () => {
  const { app, detach, stops } = create();
  detach();
  app.quit();
  expect({ hasQuit: app.hasQuit, stops: stops() }).toEqual({ hasQuit: true, stops: 0 });
});

function create(): { app: App; detach: () => void; stops: () => number; finish: () => Promise<void> } {
  const app = new App();
  let stops = 0;
  let resolve = (): void => {};
  const stopped = new Promise<void>((settle) => (resolve = settle));
  const detach = attachToQuit(app, () => {
    stops++;
    return stopped;
  });
  const finish = async (): Promise<void> => {
    resolve();
    // The app is told after the host: two turns of the queue later.
    await new Promise((settle) => setImmediate(settle));
  };
  return { app, detach, stops: () => stops, finish };
}
