/** What a host sends to a sidecar that it has started, over a channel that only the two can use. */
export interface LaunchInfo {
  /** Folder of the endpoint, with its closing slash. */
  readonly socketRoot: string;
  /** Name that the host listens under. */
  readonly host: string;
  /** Name that this instance goes by. */
  readonly name: string;
  /** Base64 of 32 random bytes, new for each launch. */
  readonly secret: string;
  /** Where the host is, when it is on another machine. Then `socketRoot` is empty. */
  readonly tls?: LaunchAddress;
}

/** Where and how a sidecar reaches a host on another machine. */
export interface LaunchAddress {
  readonly host: string;
  readonly port: number;
  /** The name that the host's certificate has to be for. */
  readonly servername: string;
  /** PEM: whom the sidecar trusts. */
  readonly ca: string;
  /** PEM: who the sidecar is, and its private key. */
  readonly cert: string;
  readonly key: string;
}

/** The message with the launch info: the first one on a port or on fork's channel, or a line of JSON on stdin. */
export interface LaunchMessage {
  readonly type: typeof LAUNCH_MESSAGE;
  readonly info: LaunchInfo;
}

/** The `type` of a `LaunchMessage`. */
export const LAUNCH_MESSAGE = 'ipc-link:launch';

/** The argument that gives a program that isn't JavaScript the path of its endpoint. The secret is never an argument. */
export const ENDPOINT_ARGUMENT = '--ipc-link-endpoint=';

/** Reads a message that may be a `LaunchMessage`. @returns Its launch info, or null if it is another message. */
export function readLaunchMessage(message: unknown): LaunchInfo | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, info }: { type?: unknown; info?: unknown } = message;
  if (type !== LAUNCH_MESSAGE || typeof info !== 'object' || info === null) return null;
  const { socketRoot, host, name, secret }: Record<string, unknown> = { ...info };
  const tls = readAddress(Reflect.get(info, 'tls'));
  const fields = tls === undefined ? [socketRoot, host, name, secret] : [host, name, secret];
  if (tls === null || !fields.every(isText)) return null;
  const reached = { socketRoot: isText(socketRoot) ? socketRoot : '', ...(tls === undefined ? {} : { tls }) };
  return { ...reached, host: String(host), name: String(name), secret: String(secret) };
}

/** @returns undefined where there is none, null where it isn't one. */
function readAddress(value: unknown): LaunchAddress | null | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return null;
  const { host, port, servername, ca, cert, key }: Record<string, unknown> = { ...value };
  if (typeof port !== 'number' || ![host, servername, ca, cert, key].every(isText)) return null;
  const texts = { host: String(host), servername: String(servername), ca: String(ca) };
  return { ...texts, port, cert: String(cert), key: String(key) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
