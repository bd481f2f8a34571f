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
  const isComplete = [socketRoot, host, name, secret].every((field) => typeof field === 'string' && field !== '');
  return isComplete
    ? { socketRoot: String(socketRoot), host: String(host), name: String(name), secret: String(secret) }
    : null;
}
