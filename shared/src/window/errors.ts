import { LinkError } from '../link-error.ts';

export function notServedError(contract: string, served: readonly string[]): LinkError {
  return new LinkError(
    'ERR_LINK_INVALID_ARGUMENT',
    `connectSidecars(): '${contract}' is not served to windows, only ${served.join(', ') || 'nothing'}. Name it in serveWindows().`,
  );
}

/** A page has a port to only one process of the sidecar, so that a key can't choose one. */
export function directKeyError(operation: string): LinkError {
  return new LinkError(
    'ERR_LINK_INVALID_ARGUMENT',
    `${operation}(input, options): 'key' can't be heeded for a contract that is served direct, since all calls of a page go to one process. Leave 'key' out, or serve the contract without 'direct'.`,
  );
}

/** Nobody in this document hands out ports. */
export function noPreloadError(name: string): LinkError {
  return new LinkError(
    'ERR_LINK_NO_PRELOAD',
    `connectSidecars(): this document gets no port to '${name}'. Set webPreferences.preload to the package's preloadPath, or call handOverPorts() in the window's own preload; a main process that is bundled together with the package has to do the latter. Pages in frames get none.`,
  );
}
