import type { CodecName } from '../envelope/codec.ts';
import type { Transport } from '../transport/transport.ts';
import { invalidArgumentError } from '../call/errors.ts';
import { readOlderNever } from './older-never.ts';
import { checkObject, describe } from '../call/options.ts';
import { BACKLOG_BYTES } from './outbox.ts';

/**
 * All durations are milliseconds, and `Infinity` means never. Names that node-ipc has too mean the same. Durations in results,
 * events and diagnostics have the unit in their names, such as `durationMs`.
 */
export interface ServerOptions {
  /** Folder of the sockets, with its closing slash. @default node-ipc's, one per user */
  readonly socketRoot?: string | undefined;
  /** Stands between `socketRoot` and the name in a socket's path. @default 'app.' */
  readonly appspace?: string | undefined;
  /** Whether node-ipc's log lines are kept off the console. @default true */
  readonly silent?: boolean | undefined;
  /** Whether the server starts to listen by itself on the next tick. @default true */
  readonly autoStart?: boolean | undefined;
  /** Connections at once, in both directions; one more is refused. As many may be waiting to prove themselves. @default 128 */
  readonly maxConnections?: number | undefined;
  /** Wait before the second try to connect; it grows by half each time, up to 5 s. @default 500 */
  readonly retry?: number | undefined;
  /** Tries after the first; then the connection is given up. @default 100 */
  readonly maxRetries?: number | undefined;
  /** How long a connection is tried for, all tries together. @default 30_000 */
  readonly connectTimeout?: number | undefined;
  /** Whether a connection that this side made and that broke is made anew at once; otherwise with the next call. @default true */
  readonly reconnect?: boolean | undefined;
  /** Proves to both sides that they belong together: 32 random bytes are a good one. @default none */
  readonly secret?: string | Uint8Array | undefined;
  /** Preferred notation of messages; the handshake settles on one that both know. @default 'msgpack' */
  readonly codec?: CodecName | undefined;
  /** How long a `send` waits for its reply, unless it says otherwise. @default Infinity */
  readonly timeout?: number | undefined;
  /** A silent peer is asked for a sign of life after this long; `Infinity` never asks. @default 5_000 */
  readonly heartbeat?: number | undefined;
  /** A connection over which nothing came for this long is dropped; `Infinity` keeps it. @default 60_000 */
  readonly heartbeatTimeout?: number | undefined;
  /** Time to finish the handshake. @default 5_000 */
  readonly handshakeTimeout?: number | undefined;
  /** Time to complete a frame that has begun. @default 30_000 */
  readonly frameTimeout?: number | undefined;
  /** Largest message accepted and sent, in bytes. @default 64 MiB + 4 KiB, so that 64 MiB of payload fit */
  readonly maxFrameBytes?: number | undefined;
  /** Requests waiting for a reply, per connection and direction. @default 65_536 */
  readonly maxInFlight?: number | undefined;
  /** Bytes of a peer's requests whose handlers have not ended; past it, another one is refused. @default Infinity */
  readonly maxInFlightBytes?: number | undefined;
  /** Bytes waiting to be written, per connection; at least 64 KiB. @default 64 MiB */
  readonly maxWriteBytes?: number | undefined;
  /** Bytes of a stream that may be on their way or unread, per stream. @default 256 KiB */
  readonly streamWindow?: number | undefined;
  /** What a `send` past maxInFlight or maxWriteBytes does: reject with ERR_LINK_OVERLOADED, or wait its turn. @default 'reject' */
  readonly whenOverloaded?: 'reject' | 'wait' | undefined;
  /** How peers are reached. @default node-ipc's sockets */
  readonly transport?: Transport | undefined;
}

const MIB = 1_048_576;

type OptionalKey = 'socketRoot' | 'appspace' | 'secret' | 'transport';
type Defaults = { readonly [Key in Exclude<keyof ServerOptions, OptionalKey>]: NonNullable<ServerOptions[Key]> };
export type ResolvedOptions = Defaults & Pick<ServerOptions, OptionalKey>;

const defaults: Defaults = {
  silent: true,
  autoStart: true,
  maxConnections: 128,
  retry: 500,
  maxRetries: 100,
  connectTimeout: 30_000,
  reconnect: true,
  codec: 'msgpack',
  timeout: Infinity,
  heartbeat: 5_000,
  heartbeatTimeout: 60_000,
  handshakeTimeout: 5_000,
  frameTimeout: 30_000,
  maxFrameBytes: 64 * MIB + 4_096,
  maxInFlight: 65_536,
  maxInFlightBytes: Infinity,
  maxWriteBytes: 64 * MIB,
  streamWindow: 262_144,
  whenOverloaded: 'reject',
};

/** Fills in the defaults. @throws LinkError `ERR_LINK_INVALID_ARGUMENT` naming the option. */
export function resolveOptions(options: ServerOptions): ResolvedOptions {
  checkObject('new Server(name, options)', options);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved: ResolvedOptions = { ...defaults, ...given };
  for (const [key, value] of Object.entries(resolved)) checkOption(key, value);
  const { timeout, heartbeat, heartbeatTimeout } = resolved;
  return {
    ...resolved,
    timeout: readOlderNever('timeout', timeout),
    heartbeat: readOlderNever('heartbeat', heartbeat),
    heartbeatTimeout: readOlderNever('heartbeatTimeout', heartbeatTimeout),
  };
}

/** The smallest value that each of these options may have. For options that are not listed it is 0. */
const least: ReadonlyMap<string, number> = new Map([
  ['maxConnections', 1],
  ['connectTimeout', 1],
  ['handshakeTimeout', 1],
  ['frameTimeout', 1],
  // Below this not even a request without data would fit.
  ['maxFrameBytes', 1_024],
  ['maxInFlight', 1],
  ['maxInFlightBytes', 1],
  // Below what a socket takes without a word, nobody would say that there is room again.
  ['maxWriteBytes', BACKLOG_BYTES],
  ['streamWindow', 1],
]);

const durations: ReadonlySet<string> = new Set([
  'retry',
  'connectTimeout',
  'timeout',
  'heartbeat',
  'heartbeatTimeout',
  'handshakeTimeout',
  'frameTimeout',
]);

function checkOption(key: string, value: unknown): void {
  const fallback: unknown = key in defaults ? Reflect.get(defaults, key) : undefined;
  const where = `new Server(name, { ${key} })`;
  if (typeof fallback === 'number') {
    const from = least.get(key) ?? 0;
    const isAmount = typeof value === 'number' && value >= from;
    const what = durations.has(key)
      ? `milliseconds from ${from} on, or Infinity for never`
      : `a number from ${from} on`;
    if (!isAmount) throw invalidArgumentError(where, `must be ${what}, not ${describe(value)}`);
  }
  if (typeof fallback === 'boolean' && typeof value !== 'boolean')
    throw invalidArgumentError(where, 'must be true or false');
  if (key === 'codec' && value !== 'msgpack' && value !== 'json')
    throw invalidArgumentError(where, `must be 'msgpack' or 'json'`);
  if (key === 'whenOverloaded' && value !== 'reject' && value !== 'wait') {
    throw invalidArgumentError(where, `must be 'reject' or 'wait'`);
  }
  if (key === 'secret' && ((typeof value !== 'string' && !(value instanceof Uint8Array)) || value.length === 0)) {
    throw invalidArgumentError(where, 'must be a string or bytes, and not empty');
  }
  if ((key === 'socketRoot' || key === 'appspace') && typeof value !== 'string') {
    throw invalidArgumentError(where, 'must be a string');
  }
}

/** As the handshake allows it. */
const MAX_NAME_LENGTH = 255;

/** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` unless the name can be part of a file's path and of a handshake. */
export function checkName(where: string, name: unknown): string {
  if (typeof name !== 'string' || name === '')
    throw invalidArgumentError(where, 'the name must be a string that is not empty');
  if (/[/\\\p{Cc}]/u.test(name)) {
    throw invalidArgumentError(
      where,
      `the name ${JSON.stringify(name)} must not contain slashes or control characters`,
    );
  }
  if (!name.isWellFormed() || name.length > MAX_NAME_LENGTH) {
    throw invalidArgumentError(where, `the name must be well-formed text of at most ${MAX_NAME_LENGTH} characters`);
  }
  return name;
}
