import { LinkError } from '../link-error.ts';

export function notServedError(contract: string, served: readonly string[]): LinkError {
  return new LinkError(
    'ERR_LINK_INVALID_ARGUMENT',
    `connectSidecars(): '${contract}' is not served to windows, only ${served.join(', ') || 'nothing'}. Name it in serveWindows().`,
  );
}

/** Nobody in this document hands out ports. */
export function noPreloadError(name: string): LinkError {
  return new LinkError(
    'ERR_LINK_NO_PRELOAD',
    `connectSidecars(): this document gets no port to '${name}'. Set webPreferences.preload to the package's preloadPath, or call handOverPorts() in the window's own preload. Pages in frames get none.`,
  );
}
