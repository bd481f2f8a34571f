import { LinkError } from 'ipc-link';
import type { Contract } from 'ipc-link/contract';
import type { PortSource } from './direct-ports.ts';
import type { ExposedContract } from './serve-windows.ts';

/** @throws TypeError or LinkError where the options ask for direct calls of a contract that can't have them. */
export function checkDirect(exposed: ExposedContract, source: PortSource): void {
  const { contract, direct, authorize }: { contract: Contract; direct?: boolean; authorize?: unknown } = exposed;
  if (direct !== true) return;
  if (authorize !== undefined)
    throw new TypeError(
      `serveWindows(): '${contract.name}' is served direct, so that 'authorize' would never see its inputs. Leave out 'direct' or 'authorize'.`,
    );
  if (!source.takesPorts(contract))
    throw new LinkError(
      'ERR_SIDECAR_CONFIG',
      `serveWindows(): '${contract.name}' can't be served direct: only processes of utilityLauncher() can be given a window's port.`,
    );
}

export function lateServeAppError(): LinkError {
  return new LinkError(
    'ERR_SIDECAR_CONFIG',
    'serveApp(): the app is already ready, and Electron registers no schemes after that. Call it at the top of the main process.',
  );
}
