import { LinkError } from '../link-error.ts';

/** `isTrusted` has refused the page, or the page is in a frame. */
export function untrustedPageError(): LinkError {
  return new LinkError(
    'ERR_LINK_AUTH',
    "The app does not trust this page. If it is one of the app's own, let isTrusted in serveWindows() accept its URL. Pages in frames are never trusted.",
  );
}

/** @param limit The number of ports that one document may have. */
export function tooManyPortsError(limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_OVERLOADED',
    `This page already has ${limit} ports. Call connectSidecars() once and share the clients that it returns, or dispose of them.`,
  );
}
