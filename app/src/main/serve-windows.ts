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

export { serveApp, type ServeAppOptions, type ServedApp } from './serve-app.ts';

/** Which frames are served, and how much each window may ask for. */
export interface ServeWindowsOptions {
  /** Whether a frame is one of the app's own; any other is refused with `ERR_LINK_AUTH`. Only top frames are asked about. */
  readonly isTrusted: (frame: WebFrameMain) => boolean;
  /** Limits of each window. */
  readonly limits?: PortLimits;
}

/** A contract and the operations of it that windows may call. The main process hands calls and answers on. */
export interface ThroughMain {
  readonly contract: Contract;
  readonly operations: readonly string[];
  readonly direct?: false;
  /** Throws for an input that this window may not send, such as a path that its user did not choose. */
  readonly authorize?: (operation: string, input: unknown, frame: WebFrameMain) => void;
}

/**
 * The same, with a port from each page straight to a sidecar: the main process sees neither calls nor items, so that it has
 * no say in their inputs either (`authorize`). For sidecars of `utilityLauncher()`.
 */
export interface Direct {
  readonly contract: Contract;
  readonly operations: readonly string[];
  readonly direct: true;
  readonly authorize?: never;
}

/** A contract that windows may call, through the main process or directly. */
export type ExposedContract = ThroughMain | Direct;

/** The preload that is ready to use: `webPreferences: { preload: preloadPath }`. It runs in the sandbox. */
export const preloadPath: string = fileURLToPath(new URL('../preload/ready.cjs', import.meta.url));

/**
 * Answers the calls of windows whose page used `connectSidecars`, over a port of its own for each document: what a document
 * has started ends with it. Inputs are validated where the work is done, by the sidecar.
 *
 * @param source A SidecarHost.
 * @param exposed Contracts, each with the operations that windows may call; nothing else can be reached.
 * @returns Stops answering, and closes the ports.
 * @throws TypeError for an operation that the contract has not, or `authorize` for a contract that is served direct;
 * LinkError `ERR_SIDECAR_UNKNOWN` for a contract that no sidecar serves, `ERR_SIDECAR_CONFIG` where its process can't take ports.
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
