import { ReplyError } from '../link/reply.ts';
import { PORT_SERVER } from '../port/exposure.ts';

/** The codes that a host gives a call, and that the main process passes on. */
const hostCodes: ReadonlySet<string> = new Set([
  'ERR_LINK_TIMEOUT',
  'ERR_SIDECAR_CRASHED',
  'ERR_SIDECAR_FAILED',
  'ERR_SIDECAR_STOPPED',
]);

/** Gives the error the code of the host. Of the peers of a page, only the main process may use these codes. */
export function believeHost(error: unknown): unknown {
  if (!(error instanceof ReplyError) || !error.isRefusal) return error;
  const { id, reply } = error;
  const { code } = reply;
  const isHosts = typeof code === 'string' && hostCodes.has(code);
  return isHosts ? new ReplyError(PORT_SERVER, reply, { id, isRefusal: true, code }) : error;
}
