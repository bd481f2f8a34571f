import { LinkError } from '../link-error.ts';

/** The app doesn't take this page for one of its own. */
export function untrustedPageError(): LinkError {
  return new LinkError(
    'ERR_LINK_AUTH',
    'The app does not trust this page. Let isTrusted in serveWindows() accept its URL, if it should; pages in frames are never trusted.',
  );
}

/** @param limit Ports that one document may have. */
export function tooManyPortsError(limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_OVERLOADED',
    `This page already has ${limit} ports. Call connectSidecars() once and share what it gives, or dispose of it.`,
  );
}
