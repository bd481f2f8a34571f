import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron';
import { ConsoleChannel } from '../../bridge/console-messages.ts';
import type { SidecarHost } from '../../host/index.ts';
import { foreignFrameError, wrongArgumentError } from './errors.ts';
import { consoleUrl } from './page-files.ts';

/** Does what a console's page asks for. The channels are of that window alone and go with it. */
export function handleActions(host: SidecarHost, window: BrowserWindow): void {
  handle(window, ConsoleChannel.restart, (name) => host.restart(name));
  handle(window, ConsoleChannel.kill, (instance) => host.kill(instance));
  handle(window, ConsoleChannel.saveTrace, async (trace) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export the trace',
      defaultPath: 'ipc-link-trace.json',
      filters: [{ name: 'Trace', extensions: ['json'] }],
    });
    if (canceled || filePath === '') return null;
    await writeFile(filePath, trace);
    return filePath;
  });
}

/** Only the console's own page in the window's top frame gets an answer. */
function handle(window: BrowserWindow, channel: string, act: (text: string) => unknown): void {
  const { ipc } = window.webContents;
  ipc.handle(channel, async ({ senderFrame }: IpcMainInvokeEvent, text: unknown) => {
    if (senderFrame === null || senderFrame.parent !== null || senderFrame.url !== consoleUrl)
      throw foreignFrameError(channel);
    if (typeof text !== 'string') throw wrongArgumentError(channel);
    return act(text);
  });
}
