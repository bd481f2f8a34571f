import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract } from 'ipc-link/contract';
import {
  CONNECT,
  describeContract,
  type Exposure,
  fromMainPort,
  PORT_SERVER,
  type PortLimits,
  readDirectName,
  refusePort,
  tooManyPortsError,
  untrustedPageError,
} from '#port';
import { ipcMain, type IpcMainEvent, type WebFrameMain } from 'electron';
import { DirectPorts, type PortSource } from './direct-ports.ts';
import { checkDirect } from './errors.ts';
import type { CallSource } from './forward-calls.ts';
import { servePage } from './serve-page.ts';
import { MAX_PORTS, WindowPorts } from './window-ports.ts';

export type { PortLimits } from '#port';
export { serveApp, type ServeAppOptions, type ServedApp } from './serve-app.ts';

/** Options of `serveWindows`: which frames are served, and the limits of each window. */
export interface ServeWindowsOptions {
  /**
   * Whether a frame shows one of the app's own pages. Called for top frames only. A frame for which it returns false is
   * refused with `ERR_LINK_AUTH`, and so is every frame inside a page.
   */
  readonly isTrusted: (frame: WebFrameMain) => boolean;
  /** Limits of each window. */
  readonly limits?: PortLimits;
}

/** A contract and those of its operations that windows may call. The main process forwards calls and answers. */
export interface ThroughMain {
  readonly contract: Contract;
  readonly operations: readonly string[];
  readonly direct?: false;
  /** Throw for an input that this window may not send, such as a path that its user did not choose. */
  readonly authorize?: (operation: string, input: unknown, frame: WebFrameMain) => void;
}

/**
 * A contract that windows call over a port from each page directly to a sidecar. The main process sees neither calls nor items
 * of streams, so that `authorize` can't be given. Works for sidecars of `utilityLauncher()`.
 */
export interface Direct {
  readonly contract: Contract;
  readonly operations: readonly string[];
  readonly direct: true;
  readonly authorize?: never;
}

/** A contract that windows may call, through the main process or directly. */
export type ExposedContract = ThroughMain | Direct;

/**
 * Undefined where a bundler has made CommonJS of this file. Not used in `new URL(path, import.meta.url)`, which bundlers take for
 * an asset to copy, or to inline as a `data:` URL.
 */
const moduleUrl: string | undefined = import.meta.url;
const folder = moduleUrl === undefined ? '' : dirname(fileURLToPath(moduleUrl));

/**
 * The preload that is ready to use: `webPreferences: { preload: preloadPath }`. It runs in the sandbox. It is a file of the
 * package: where a bundler makes the package a part of the main process, nothing is at this path, and the app bundles a preload
 * of its own that calls `handOverPorts()` of `ipc-link/electron/preload`.
 */
export const preloadPath: string = join(folder, '../preload/ready.cjs');

/**
 * Serves windows whose page calls `connectSidecars`. Each document has a message port of its own, and the calls that it made
 * are cancelled when it is closed or replaced. The sidecar validates the inputs of calls.
 *
 * @param source A SidecarHost.
 * @param exposed Contracts, each with the operations that windows may call. Windows can call nothing else.
 * @returns Call it to stop serving and to close all ports.
 * @throws TypeError for an operation that the contract does not have, and for `authorize` on a contract that is served direct;
 * LinkError `ERR_SIDECAR_UNKNOWN` for a contract that no sidecar serves, `ERR_SIDECAR_CONFIG` for a contract that is served
 * direct by a launcher other than `utilityLauncher()`.
 */
export function serveWindows(
  source: CallSource & PortSource,
  exposed: readonly ExposedContract[],
  options: ServeWindowsOptions,
): () => void {
  const { limits } = options;
  for (const one of exposed) checkDirect(one, source);
  const exposure: Exposure = Object.fromEntries(
    exposed.map(({ contract, operations, direct = false }) => [
      contract.name,
      describeContract(contract, operations, direct),
    ]),
  );
  const directPorts = new DirectPorts(source, limits);
  const open = new WindowPorts();
  const connect = ({ sender, senderFrame, ports: [port] }: IpcMainEvent, name: unknown): void => {
    if (port === undefined) return;
    const end = fromMainPort(port);
    if (senderFrame === null || !isOurs(senderFrame, options)) return refusePort(end, untrustedPageError());
    const direct = exposed.find((one) => one.direct === true && one.contract.name === readDirectName(name));
    if (direct === undefined && name !== PORT_SERVER) return end.close();
    if (!open.add(sender, port)) return refusePort(end, tooManyPortsError(MAX_PORTS));
    if (direct === undefined) servePage(end, { source, exposed, exposure, limits, directPorts, frame: senderFrame });
    else
      directPorts.handOver(port, {
        ...direct,
        name: String(name),
        frame: senderFrame,
        onHandedOver: () => open.release(sender, port),
      });
  };
  ipcMain.on(CONNECT, connect);
  return () => {
    ipcMain.off(CONNECT, connect);
    open.close();
  };
}

function isOurs(frame: WebFrameMain, { isTrusted }: ServeWindowsOptions): boolean {
  return frame.parent === null && isTrusted(frame);
}
