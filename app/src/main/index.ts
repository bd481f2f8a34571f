import { fileURLToPath } from 'node:url';
import { files } from '#contracts/files';
import { app, BrowserWindow } from 'electron';
import { AppChannel } from '../bridge/app-channels.ts';
import type { SidecarHost } from '../host/index.ts';
import { utilityLauncher } from '../host/utility.ts';
import { type Command, decodeCommand } from '../launch/command.ts';
import { watchInterruptions } from '../launch/process/interruption.ts';
import { runCommand } from './command/run-command.ts';
import { openConsole } from './console/open-console.ts';
import { handleFolderDialogs } from './folders/folder-dialogs.ts';
import { FolderGrants } from './folders/folder-grants.ts';
import { handleOffload } from './offload/handle-offload.ts';
import { printCrash, printLine } from './print-line.ts';
import { serveApp, serveWindows } from './serve-windows.ts';
import { createHost } from './sidecars.ts';
import { setAppMenu } from './window/app-menu.ts';
import { lockDown } from './window/lock-down.ts';
import { openMainWindow } from './window/main-window.ts';
import { reportSidecarStates } from './window/sidecar-states.ts';
import { signalTasks } from './window/task-signals.ts';

// Electron was started with a module instead of a folder with a package.json, so that it knows no name of the app.
app.setName('ipc-link');
const pages = serveApp({ folder: fileURLToPath(new URL('../renderer', import.meta.url)) });
const host = createHost();
const command = decodeCommand(process.argv);
// Not awaited: an ES module that awaits readiness at its top level keeps Electron from getting ready.
void app.whenReady().then(() => (command === undefined ? runWindow(host) : runWithoutWindow(command)));

function runWindow(sidecars: SidecarHost): void {
  sidecars.attachTo(app);
  lockDown(pages);
  const grants = new FolderGrants();
  handleFolderDialogs(grants, pages);
  handleOffload(utilityLauncher(), pages);
  const authorize = (_operation: string, input: unknown): void => grants.check(input);
  serveWindows(sidecars, [{ contract: files, operations: ['manifest', 'verify', 'search', 'thumbnails'], authorize }], {
    isTrusted: (frame) => pages.isOwn(frame.url),
  });
  const open = (): BrowserWindow => {
    const window = openMainWindow(pages);
    reportSidecarStates(sidecars, window, pages);
    signalTasks(window, pages);
    // A console that is left alone would keep the app running without its own window.
    window.once('closed', () => {
      main = null;
      for (const other of BrowserWindow.getAllWindows()) other.close();
    });
    return window;
  };
  let main: BrowserWindow | null = open();
  setAppMenu({
    openConsole: () => openConsole(sidecars, { playground: true, bodies: true }),
    perform(action) {
      main?.show();
      main?.webContents.send(AppChannel.menuAction, action);
    },
    isDevelopment: !app.isPackaged,
  });
  // Not awaited: the window opens at once, and shows a sidecar that fails to start.
  sidecars.start().catch((error: unknown) => printLine(String(error)));
  app.on('activate', () => {
    main ??= open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

async function runWithoutWindow(wanted: Command): Promise<void> {
  // By default Electron shows a dialog. Without a window nobody would see or close it.
  process.on('uncaughtException', (error) => {
    printCrash(error);
    app.exit(1);
  });
  const { interrupt } = watchInterruptions();
  const quit = new AbortController();
  app.on('before-quit', () => quit.abort());
  const code = await runCommand(wanted, host, AbortSignal.any([interrupt, quit.signal]));
  await host.stop({ drain: 0 });
  app.exit(code);
}
