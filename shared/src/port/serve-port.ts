import type { ServerOptions } from '../link/options.ts';
import { Server } from '../link/server.ts';
import type { Port } from '../transport/port.ts';
import { MAX_UNACKNOWLEDGED_MESSAGES } from '../transport/port-limits.ts';
import { PortTransport } from '../transport/port-transport.ts';
import { PORT_SERVER } from './exposure.ts';

/** Limits of one page, which keep it from taking all of a process's time and memory. */
export interface PortLimits {
  /** Calls and streams at the same time. More are refused with `ERR_LINK_OVERLOADED`. @default 1_024 */
  readonly maxInFlight?: number | undefined;
  /** Bytes of the inputs of calls that have not ended. More calls are refused with `ERR_LINK_OVERLOADED`. @default 256 MiB */
  readonly maxInFlightBytes?: number | undefined;
  /**
   * Bytes of answers that may wait for the page to read them. While more wait, no further messages of the page are read. Calls
   * that it made before are still answered: a page that leaves 32 times as many bytes, plus one of the largest messages,
   * unread is disconnected. @default 8 MiB
   */
  readonly maxWriteBytes?: number | undefined;
  /** Largest message in either direction, in bytes. @default 64 MiB + 4 KiB */
  readonly maxFrameBytes?: number | undefined;
  /** Bytes of each stream that may be sent and not yet read by the page. @default 256 KiB */
  readonly streamWindow?: number | undefined;
}

export interface ServePortOptions {
  /** The name by which the page asked for the port. @default 'app' */
  readonly name?: string | undefined;
  readonly limits?: PortLimits | undefined;
  /** Called once, when the page or its port has closed. */
  readonly onGone?: (() => void) | undefined;
}

const MIB = 1_048_576;

/** How long one turn of the event loop reads a page's bytes, so that a page which floods its port does not block other work. */
const TURN_MS = 2;

/**
 * Starts a Server for the one page at a port's other end. Add its handlers synchronously, before the first message is read. The
 * Server is destroyed when the port closes.
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
    // A page's own link waits before it has sent more than this.
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
    // Chromium slows down pages in the background, which would miss heartbeats. The port closes when the page does.
    heartbeat: Infinity,
    autoStart: false,
  };
  const server = new Server(name, options);
  server.on('disconnect', end);
  // A page whose handshake has failed can't use the port any more.
  server.on('error', () => {
    if (server.socketNames.length === 0) end();
  });
  return server.start();
}

/** The same port, which also calls `onClose` when its other end closes, even if that happens before the handshake. */
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
