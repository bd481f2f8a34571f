import type { Client, Contract } from '@ipc-link/shared/contract';
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import {
  ANSWER_CHANNEL,
  CALL_CHANNEL,
  DESCRIBE_CHANNEL,
  type Exposure,
  type MainMessage,
  PORT_KEY,
  type SidecarPort,
  type WindowMessage,
} from '../bridge/port.ts';
import { installWindowClients } from '../bridge/window-clients.ts';

/** The contracts of an app by name. */
export type Contracts = Readonly<Record<string, Contract>>;

/** Which operations of which contracts a window may call. */
export type ExposedNames<Cs extends Contracts> = {
  readonly [Name in keyof Cs]?: readonly (keyof Cs[Name]['operations'] & string)[];
};

/** The type of `window.sidecars`. */
export type WindowClients<Cs extends Contracts> = { readonly [Name in keyof Cs]: Client<Cs[Name]> };

/**
 * Gives the window `window.sidecars`: the typed clients of the named operations, and nothing else. To be called from the
 * preload, with the main process running `serveWindows` for the same contracts.
 *
 * ```ts
 * exposeSidecars<{ files: typeof files }>({ files: ['checksum', 'search'] });
 * ```
 *
 * @throws Error when the main process does not serve one of them.
 */
export function exposeSidecars<Cs extends Contracts>(names: ExposedNames<Cs>): void {
  const listeners = new Map<number, (message: MainMessage) => void>();
  const send = (message: WindowMessage): void => ipcRenderer.send(CALL_CHANNEL, message);
  ipcRenderer.on(ANSWER_CHANNEL, (_event, message: MainMessage) => {
    const listener = listeners.get(message.id);
    if (message.type === 'done' || message.type === 'failed') listeners.delete(message.id);
    listener?.(message);
  });
  let lastId = 0;
  const port: SidecarPort = {
    exposure: choose(readServed(ipcRenderer.sendSync(DESCRIBE_CHANNEL)), names),
    start(operation, input, { timeout }, listener) {
      const id = ++lastId;
      listeners.set(id, listener);
      send({ type: 'start', id, operation, input, ...(timeout === undefined ? {} : { timeout }) });
      return id;
    },
    cancel(id) {
      listeners.delete(id);
      send({ type: 'cancel', id });
    },
    credit: (id, items) => send({ type: 'credit', id, items }),
  };
  contextBridge.exposeInMainWorld(PORT_KEY, port);
  const install = `(${installWindowClients.toString()})(${JSON.stringify(PORT_KEY)}, 'sidecars')`;
  webFrame.executeJavaScript(install).catch((error: unknown) => {
    throw new Error('exposeSidecars(): window.sidecars could not be made.', { cause: error });
  });
}

function readServed(answer: unknown): Exposure {
  if (typeof answer === 'object' && answer !== null) return { ...answer };
  throw new Error(
    'exposeSidecars(): the main process serves no sidecars. Call serveWindows() there before a window opens.',
  );
}

function choose(served: Exposure, names: Readonly<Record<string, readonly string[] | undefined>>): Exposure {
  const chosen = Object.entries(names).map(([contract, operations = []]) => [
    contract,
    Object.fromEntries(operations.map((name) => [name, kindOf(served, contract, name)])),
  ]);
  return Object.fromEntries(chosen);
}

function kindOf(served: Exposure, contract: string, name: string): 'task' | 'stream' {
  const kind = served[contract]?.[name];
  if (kind === undefined)
    throw new Error(`exposeSidecars(): the main process does not serve '${contract}.${name}' to windows.`);
  return kind;
}
