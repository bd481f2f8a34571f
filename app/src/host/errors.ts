import { LinkError } from 'ipc-link';

/** @param call The function that was given the option. */
export function configError(where: string, problem: string, call = 'new SidecarHost()'): LinkError {
  return new LinkError('ERR_SIDECAR_CONFIG', `${call}: ${where} ${problem}.`);
}

export function missingEntryError(sidecar: string, launcher: string): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENTRY',
    `${launcher}: '${sidecar}' has no 'entry'. Set it to the path of the sidecar's JavaScript.`,
  );
}

/** @param missingFrom The module that asks, where it is not there. */
export function entryNotFoundError(specifier: string, tried: readonly string[], missingFrom?: string): LinkError {
  const sentence = `There is no sidecar entry '${specifier}'. Looked for ${tried.join(', ')}. Is it built, and packaged with the app?`;
  const advice =
    missingFrom === undefined
      ? ''
      : ` 'from' is ${missingFrom}, where nothing is: some bundlers put the place of the source into import.meta.url. Define it for the bundler, or pass __filename (docs/BUNDLERS.md).`;
  return new LinkError('ERR_SIDECAR_ENTRY', sentence + advice);
}

export function missingFromError(): LinkError {
  const problem =
    'is empty, as bundlers that make CommonJS leave import.meta.url. Define it for the bundler, or pass __filename (docs/BUNDLERS.md)';
  return configError("'from'", problem, 'resolveSidecar()');
}

export function packedEntryError(path: string): LinkError {
  return new LinkError(
    'ERR_SIDECAR_ENTRY',
    `The sidecar entry ${path} is inside an asar archive, which only Electron can read. Add it to 'asarUnpack', or use utilityLauncher.`,
  );
}

/** @param what The program, or what else was to be started. */
export function launchError(what: string, cause: unknown): LinkError {
  const sentence = `${what} could not be started: ${reasonOf(cause)}.`;
  const advice = adviseOn(systemCodeOf(cause), what);
  return new LinkError('ERR_SIDECAR_LAUNCH', advice === undefined ? sentence : `${sentence} ${advice}`, { cause });
}

/** @param cause Why it can't be looked at; absent where it is something else than a folder. */
export function workingFolderError(what: string, folder: string, cause?: unknown): LinkError {
  const problem = cause === undefined ? 'it is not a folder' : reasonOf(cause);
  return new LinkError(
    'ERR_SIDECAR_LAUNCH',
    `${what} could not be started in ${folder}: ${problem}. Set 'cwd' to a folder that is there and that this user may enter.`,
    { cause },
  );
}

/** What to do where the system did not start a program. */
function adviseOn(code: string, what: string): string | undefined {
  switch (code) {
    case 'ENOENT':
      return 'Is it installed and its path right, and is the interpreter there that its first line may name?';
    case 'ENOTDIR':
      return 'A part of its path is a file where a folder should be.';
    case 'EACCES':
    case 'EPERM':
      return 'Is it a program, and may this user run it?';
    case 'E2BIG':
      return "Its arguments and environment are longer than the system allows: shorten 'args' or 'env', and hand the rest over in a call.";
    case 'EINVAL':
      // Node refuses to start these, since only a shell could run them.
      return /\.(?:bat|cmd)[. ]*$/i.test(what)
        ? "A .bat or .cmd file needs a shell, and sidecars run without one: set 'command' to the program that the file starts, such as process.execPath with the script in 'args'."
        : undefined;
    case 'ENOEXEC':
    case 'EFTYPE':
      return 'Is it a program for this system and processor?';
    default:
      return undefined;
  }
}

/** The code of an error of the system or of Node, or ''. */
export function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
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
    `'${instance}' did not connect within ${ms} ms (startTimeout). Does it call serve(), and does nothing block it before?`,
  );
}

export function unresponsiveError(instance: string, ms: number): LinkError {
  return new LinkError(
    'ERR_SIDECAR_UNRESPONSIVE',
    `'${instance}' was unresponsive for ${ms} ms (killUnresponsiveAfter). Does something block its event loop?`,
  );
}

export function stuckError(instance: string, ms: number): LinkError {
  return new LinkError(
    'ERR_SIDECAR_STUCK',
    `'${instance}' is replaced: for ${ms} ms (replaceStuckAfter) it worked only on calls that were aborted or timed out. Let its handlers stop when their signal is aborted.`,
  );
}

export function noPortsError(sidecar: string): LinkError {
  return new LinkError(
    'ERR_SIDECAR_CONFIG',
    `'${sidecar}' can't be served direct: only processes of utilityLauncher() can be given a window's port.`,
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
    `'${sidecar}' was stopped before it answered. Give attachTo(), stop() or restart(), whichever stopped it, a longer 'drain' to let calls in flight finish.`,
    { cause },
  );
}

export function unknownSidecarError(name: string, known: readonly string[]): LinkError {
  return new LinkError(
    'ERR_SIDECAR_UNKNOWN',
    `This host has no sidecar for '${name}', only for ${known.join(', ')}. Add it to 'sidecars'.`,
  );
}

export function unknownInstanceError(name: string, known: readonly string[]): LinkError {
  return new LinkError(
    'ERR_SIDECAR_UNKNOWN',
    `kill('${name}'): this host has no instance of that name, only ${known.join(', ')}. Take it from status().`,
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

/** Answers a log line of a sidecar that waits for no answers. */
export function tooManyLinesError(limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_OVERLOADED',
    `The host did not take this log line: ${limit} of this sidecar wait for their answers already. Wait for some before sending more.`,
  );
}

/** What was thrown, as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The same error as the link's, for a call that waits. A reason that says more than that the call was aborted is the `cause`. */
export function abortError(reason: unknown): DOMException {
  const error = new DOMException(reason instanceof Error ? reason.message : 'The call was cancelled.', 'AbortError');
  const isOwn = reason === undefined || (reason instanceof DOMException && reason.name === 'AbortError');
  return isOwn ? error : Object.defineProperty(error, 'cause', { value: reason, configurable: true, writable: true });
}
