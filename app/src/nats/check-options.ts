import { checkObject } from '../host/check-options.ts';
import { configError } from '../host/errors.ts';
import type { GroupOptions } from './options.ts';

/** As little as a group's secret may have, in bytes. */
const MIN_SECRET_BYTES = 32;

/** {@link GroupOptions} after checks. */
export interface ResolvedGroup extends Omit<GroupOptions, 'servers' | 'secret'> {
  readonly servers: readonly string[];
  readonly secret: Uint8Array;
}

/** @param call The function that was given them. @throws LinkError `ERR_SIDECAR_CONFIG` naming the option. */
export function resolveGroup(call: string, options: GroupOptions): ResolvedGroup {
  checkObject('its options', options, call);
  const { servers: given, group, secret, tls } = options;
  const servers = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(servers) || servers.length === 0 || !servers.every(isText)) {
    throw configError("'servers'", 'must be a URL of a NATS server, or several', call);
  }
  checkToken('group', group, call);
  checkObject("'tls'", tls, call);
  const bytes = typeof secret === 'string' ? Buffer.from(secret) : secret;
  if (!(bytes instanceof Uint8Array) || bytes.length < MIN_SECRET_BYTES) {
    throw configError("'secret'", `must have at least ${MIN_SECRET_BYTES} bytes; make them at random`, call);
  }
  return { ...options, servers: servers.map(withPort), secret: bytes };
}

/** Names become part of NATS's subjects, where '.', '*' and '>' have a meaning. @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkToken(option: string, value: unknown, call: string): string {
  if (isText(value) && /^[\w-]{1,100}$/.test(value)) return value;
  throw configError(`'${option}'`, "must have 1 to 100 letters, digits, '-' or '_'", call);
}

/** @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkMax(max: unknown, call: string): void {
  if (!Number.isSafeInteger(max) || Number(max) < 1)
    throw configError("'max'", 'must be a whole number from 1 on', call);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The client takes addresses without a scheme; that of 'tls://' is kept, since it says that TLS is insisted on. */
function withPort(server: string): string {
  return server.replace(/^nats:\/\//, '');
}
