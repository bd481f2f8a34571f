import { ReplyError } from '../link/reply.ts';
import { PORT_SERVER } from '../port/exposure.ts';

/** What a host says of a call, and its main process says on. */
const hostCodes: ReadonlySet<string> = new Set([
  'ERR_LINK_TIMEOUT',
  'ERR_SIDECAR_CRASHED',
  'ERR_SIDECAR_FAILED',
  'ERR_SIDECAR_STOPPED',
]);

/** The error under the code that the host gave it: of a page's peers, the main process alone may use one. */
export function believeHost(error: unknown): unknown {
  if (!(error instanceof ReplyError) || !error.isRefusal) return error;
  const { id, reply } = error;
  const { code } = reply;
  const isHosts = typeof code === 'string' && hostCodes.has(code);
  return isHosts ? new ReplyError(PORT_SERVER, reply, { id, isRefusal: true, code }) : error;
}
