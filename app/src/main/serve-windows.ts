import { fileURLToPath } from 'node:url';
import type { Contract } from '@ipc-link/shared/contract';
import {
  CONNECT,
  DESCRIBE_TASK,
  describeContract,
  type Exposure,
  fromMainPort,
  PORT_SERVER,
  type PortLimits,
  servePort,
} from '@ipc-link/shared/port';
import { ipcMain, type IpcMainEvent, type WebFrameMain } from 'electron';
import { type CallSource, forwardContract } from './forward-calls.ts';

export interface ServeWindowsOptions {
  /** Whether a frame is one of the app's own; any other gets no answer. */
  readonly isTrusted: (frame: WebFrameMain) => boolean;
  /** Throws for an input that this window may not send, such as a path that its user did not choose. */
  readonly authorize?: (operation: string, input: unknown, frame: WebFrameMain) => void;
  /** Limits of each window. */
  readonly limits?: PortLimits;
}

/** A contract, and the operations of it that windows may call. */
export interface ExposedContract {
  readonly contract: Contract;
  readonly operations: readonly string[];
}

/** The preload that is ready to use: `webPreferences: { preload: preloadPath }`. It runs in the sandbox. */
export const preloadPath: string = fileURLToPath(new URL('../preload/ready.cjs', import.meta.url));

/**
 * Answers the calls of windows whose page used `connectSidecars`, over a port of its own for each document: what a document
 * has started ends with it. Inputs are validated where the work is done, by the sidecar.
 *
 * @param exposed Contracts, each with the operations that windows may call; nothing else can be reached.
 * @returns Stops answering, and closes the ports.
 * @throws TypeError for an operation that the contract has not.
 */
export function serveWindows(
  source: CallSource,
  exposed: readonly ExposedContract[],
  options: ServeWindowsOptions,
): () => void {
  const exposure: Exposure = Object.fromEntries(
    exposed.map(({ contract, operations }) => [contract.name, describeContract(contract, operations, false)]),
  );
  const ports = new Set<{ close(): void }>();
  const connect = ({ senderFrame, ports: [port] }: IpcMainEvent, name: unknown): void => {
    if (port === undefined) return;
    if (name !== PORT_SERVER || senderFrame === null || !isOurs(senderFrame, options)) return port.close();
    ports.add(port);
    const server = servePort(fromMainPort(port), { limits: options.limits, onGone: () => ports.delete(port) });
    server.handle(DESCRIBE_TASK, (message) => message.reply({ value: exposure }));
    const authorize = (operation: string, input: unknown): void => options.authorize?.(operation, input, senderFrame);
    for (const { contract, operations } of exposed)
      forwardContract(server, source, { contract, operations, authorize });
  };
  ipcMain.on(CONNECT, connect);
  return () => {
    ipcMain.off(CONNECT, connect);
    for (const port of ports) port.close();
  };
}

function isOurs(frame: WebFrameMain, { isTrusted }: ServeWindowsOptions): boolean {
  return frame.parent === null && isTrusted(frame);
}
