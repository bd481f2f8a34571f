import type { ServerOptions } from '../link/options.ts';
import { Server } from '../link/server.ts';
import type { Port } from '../transport/port.ts';
import { MAX_UNACKNOWLEDGED_MESSAGES } from '../transport/port-limits.ts';
import { PortTransport } from '../transport/port-transport.ts';
import { PORT_SERVER } from './exposure.ts';

/** Limits of one page, so that it can't take all of a process's time and memory. */
export interface PortLimits {
  /** Calls and streams at once; more are refused with `ERR_LINK_OVERLOADED`. @default 1_024 */
  readonly maxInFlight?: number | undefined;
  /** Bytes of calls that have not ended; more calls are refused with `ERR_LINK_OVERLOADED`. @default 256 MiB */
  readonly maxInFlightBytes?: number | undefined;
  /**
   * Bytes of answers that wait to be read by the page; nothing more of it is looked at then. Calls that it made before may
   * go on to be answered: with 32 times as many bytes and a message unread, it is cut off. @default 8 MiB
   */
  readonly maxWriteBytes?: number | undefined;
  /** Largest message in either direction, in bytes. @default 64 MiB + 4 KiB */
  readonly maxFrameBytes?: number | undefined;
  /** Bytes of a stream that may be on their way or unread, per stream. @default 256 KiB */
  readonly streamWindow?: number | undefined;
}

export interface ServePortOptions {
  /** The name that the page asked for. @default 'app' */
  readonly name?: string | undefined;
  readonly limits?: PortLimits | undefined;
  /** Called once, when the page or its port is gone. */
  readonly onGone?: (() => void) | undefined;
}

const MIB = 1_048_576;

/** How long one turn of the event loop looks at a page's bytes, so that a page that floods holds up nobody else. */
const TURN_MS = 2;

/**
 * A Server for the one page at a port's other end. Its handlers are to be added at once; it is gone with the port.
 */
export function servePort(port: Port, { name = PORT_SERVER, limits = {}, onGone }: ServePortOptions): Server {
  const { maxInFlight = 1_024, maxInFlightBytes = 256 * MIB, streamWindow } = limits;
  const { maxWriteBytes = 8 * MIB, maxFrameBytes = 64 * MIB + 4_096 } = limits;
  let isGone = false;
  const end = (): void => {
    if (isGone) return;
    isGone = true;
    port.close();
    server.destroy();
    onGone?.();
  };
  const transport = new PortTransport(watchPort(port, end), {
    turnMs: TURN_MS,
    // As much as a page's own link sends before it waits.
    maxIncomingBytes: maxWriteBytes + 2 * maxFrameBytes,
    maxIncomingMessages: MAX_UNACKNOWLEDGED_MESSAGES,
    maxUnreadBytes: 32 * maxWriteBytes + maxFrameBytes,
  });
  const options: ServerOptions = {
    transport,
    maxInFlight,
    maxInFlightBytes,
    maxWriteBytes,
    maxFrameBytes,
    streamWindow,
    maxConnections: 1,
    // A page in the background may sleep; a port that closes tells that it is gone.
    heartbeat: Infinity,
    autoStart: false,
  };
  const server = new Server(name, options);
  server.on('disconnect', end);
  // A page whose greeting fails has nothing else to say.
  server.on('error', () => {
    if (server.socketNames.length === 0) end();
  });
  return server.start();
}

/** The same port, with somebody else who hears that the other end is gone, whatever has been said until then. */
function watchPort(port: Port, onClose: () => void): Port {
  return {
    post: (message) => port.post(message),
    close: () => port.close(),
    listen: (events) =>
      port.listen({
        message: (data) => events.message(data),
        close() {
          events.close();
          onClose();
        },
      }),
  };
}
