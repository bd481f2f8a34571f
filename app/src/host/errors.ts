import { LinkError } from '@ipc-link/shared';

export function configError(where: string, problem: string): LinkError {
  return new LinkError('ERR_SIDECAR_CONFIG', `new SidecarHost(): ${where} ${problem}.`);
}

export function missingEntryError(sidecar: string, launcher: string): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENTRY',
    `${launcher}: '${sidecar}' has no 'entry'. Set it to the path of the sidecar's JavaScript.`,
  );
}

export function entryNotFoundError(specifier: string, tried: readonly string[]): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENTRY',
    `There is no sidecar entry '${specifier}'. Looked for ${tried.join(', ')}. Is it built, and packaged with the app?`,
  );
}

export function packedEntryError(path: string): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENTRY',
    `The sidecar entry ${path} is inside an asar archive, which only Electron can read. Add it to 'asarUnpack', or use utilityLauncher.`,
  );
}

export function launchError(what: string, cause: unknown): LinkError {
  return new LinkError('ERR_SIDECAR_LAUNCH', `${what} could not be started: ${reasonOf(cause)}.`, { cause });
}

export function endpointError(folder: string, cause: unknown): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENDPOINT',
    `No private folder for a sidecar's socket could be made in ${folder}: ${reasonOf(cause)}. Set 'socketFolder' to a folder that this user may write.`,
    { cause },
  );
}

export function endpointTooLongError(folder: string, limit: number): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENDPOINT',
    `The path of a sidecar's socket in ${folder} would be longer than the ${limit} bytes that this system allows. Set 'socketFolder' to a shorter path.`,
  );
}

export function startTimeoutError(instance: string, ms: number): LinkError {
  return new LinkError(
    'ERR_SIDECAR_START_TIMEOUT',
    `'${instance}' did not connect within ${ms} ms (startTimeoutMs). Does it call serve(), and does nothing block it before?`,
  );
}

export function unresponsiveError(instance: string, ms: number): LinkError {
  return new LinkError(
    'ERR_SIDECAR_UNRESPONSIVE',
    `'${instance}' was unresponsive for ${ms} ms (killUnresponsiveAfterMs). Does something block its event loop?`,
  );
}

export function stuckError(instance: string, ms: number): LinkError {
  return new LinkError(
    'ERR_SIDECAR_STUCK',
    `'${instance}' is replaced: for ${ms} ms (replaceStuckAfterMs) it worked only on calls that were aborted or timed out. Let its handlers stop when their signal is aborted.`,
  );
}

/** The crash budget is spent, or the sidecar can't be started at all. */
export function failedError(sidecar: string, cause: Error): LinkError {
  return new LinkError(
    'ERR_SIDECAR_FAILED',
    `'${sidecar}' is not started again: ${cause.message} Mend the cause, then call host.restart('${sidecar}').`,
    { cause },
  );
}

export function stoppedError(sidecar: string): LinkError {
  return new LinkError('ERR_SIDECAR_STOPPED', `'${sidecar}' is stopped. Call host.start() first.`);
}

/** The host stopped the sidecar, and the time for draining was over. */
export function stoppedInFlightError(sidecar: string, cause?: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_CLOSED',
    `'${sidecar}' was stopped before it answered. Give stop() or restart() a longer 'drain' to let calls in flight finish.`,
    { cause },
  );
}

export function unknownSidecarError(name: string, known: readonly string[]): LinkError {
  return new LinkError(
    'ERR_SIDECAR_UNKNOWN',
    `This host has no sidecar for '${name}', only for ${known.join(', ')}. Add it to 'sidecars'.`,
  );
}

export function queueFullError(sidecar: string, limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_OVERLOADED',
    `'${sidecar}' is busy and ${limit} calls wait already (queue.limit). Wait for some to end, or set queue.whenFull to 'wait'.`,
  );
}

export function queueTimeoutError(operation: string, ms: number): LinkError {
  return new LinkError(
    'ERR_LINK_TIMEOUT',
    `${operation}: no instance was free within ${ms} ms. Raise the timeout, 'instances' or 'concurrency'.`,
  );
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function abortError(reason: unknown): DOMException {
  return new DOMException(reason instanceof Error ? reason.message : 'The call was cancelled.', 'AbortError');
}
