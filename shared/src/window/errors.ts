import { LinkError } from '../link-error.ts';

export function notServedError(contract: string, served: readonly string[]): LinkError {
  return new LinkError(
    'ERR_LINK_INVALID_ARGUMENT',
    `connectSidecars(): '${contract}' is not served to windows, only ${served.join(', ') || 'nothing'}. Name it in serveWindows().`,
  );
}
