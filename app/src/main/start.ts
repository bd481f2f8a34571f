// The packaged app's main module. Electron checks the archive by itself on macOS and Windows only, so here it is checked on Linux
// before anything else of it is loaded.
import { readFileSync } from 'original-fs';
import { app, dialog } from 'electron';
import { checkArchive } from './archive/check-archive.ts';
import { isArchiveError } from './archive/errors.ts';

try {
  const archive = app.getAppPath();
  if (app.isPackaged && process.platform === 'linux') checkArchive(readFileSync(archive), archive);
  await import('./index.ts');
} catch (error) {
  if (!isArchiveError(error)) throw error;
  refuse(error.message);
}

/** A command (launch/command.ts, of which nothing may be loaded yet) ends at once. The user of a window is told in a dialog. */
function refuse(message: string): void {
  const title = 'ipc-link';
  // Before the app is ready, Electron writes it to stderr.
  dialog.showErrorBox(title, message);
  if (app.commandLine.hasSwitch('ipc-link-command')) app.exit(1);
  void app.whenReady().then(() => {
    dialog.showErrorBox(title, message);
    app.exit(1);
  });
}
