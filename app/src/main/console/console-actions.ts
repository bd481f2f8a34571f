import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron';
import { ConsoleChannel, type ConsoleFeatures } from '../../bridge/console-messages.ts';
import { PlaygroundChannel } from '../../bridge/playground-messages.ts';
import type { SidecarHost } from '../../host/index.ts';
import { foreignFrameError, wrongArgumentError } from './errors.ts';
import { consoleUrl } from './page-files.ts';
import type { Playground } from './playground.ts';

/** What a console's page can have done. `playground` is null where the app has not allowed it. */
export interface ConsoleActions {
  readonly host: SidecarHost;
  readonly features: ConsoleFeatures;
  readonly playground: Playground | null;
  readonly keepBodies: (are: boolean) => void;
}

/** Does what a console's page asks for. The channels are of that window alone and go with it. */
export function handleActions(window: BrowserWindow, { host, features, playground, keepBodies }: ConsoleActions): void {
  handle(window, ConsoleChannel.features, () => features);
  handleText(window, ConsoleChannel.restart, (name) => host.restart(name));
  handleText(window, ConsoleChannel.kill, (instance) => host.kill(instance));
  handleText(window, ConsoleChannel.saveTrace, async (trace) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export the trace',
      defaultPath: 'ipc-link-trace.json',
      filters: [{ name: 'Trace', extensions: ['json'] }],
    });
    if (canceled || filePath === '') return null;
    await writeFile(filePath, trace);
    return filePath;
  });
  // What the app has not allowed has no handler.
  if (features.bodies) handle(window, ConsoleChannel.keepBodies, (are) => keepBodies(are === true));
  if (playground === null) return;
  handle(window, PlaygroundChannel.operations, () => playground.operations);
  handle(window, PlaygroundChannel.send, (request) => playground.send(request));
  handle(window, PlaygroundChannel.cancel, () => playground.cancel());
}

function handleText(window: BrowserWindow, channel: string, act: (text: string) => unknown): void {
  handle(window, channel, (text) => {
    if (typeof text !== 'string') throw wrongArgumentError(channel);
    return act(text);
  });
}

/** Only the console's own page in the window's top frame gets an answer. */
function handle(window: BrowserWindow, channel: string, act: (argument: unknown) => unknown): void {
  const { ipc } = window.webContents;
  ipc.handle(channel, async ({ senderFrame }: IpcMainInvokeEvent, argument: unknown) => {
    if (senderFrame === null || senderFrame.parent !== null || senderFrame.url !== consoleUrl)
      throw foreignFrameError(channel);
    return act(argument);
  });
}
